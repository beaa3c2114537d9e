import {
  htmlToText,
  matchKey,
  normaliseEmail,
  normalisePhone,
  storableText,
  type HistoryFile,
  type HistoryMessage,
  type HistoryPerson,
  type HistoryPiece,
  type HistoryTicket,
} from '#channels';

/** Why a record, or a part of it, could not be taken. */
export interface PieceFault {
  part: string;
  code: string;
}

interface StagedPerson {
  key: string;
  name: string;
  name_key: string;
  emails: string[];
  phones: string[];
  is_staff: boolean;
}

interface StagedMessage {
  key: string;
  ticket: string;
  direction: HistoryMessage['direction'];
  author: HistoryMessage['author'];
  body: string;
  at: Date;
  files: { name: string; data: string }[];
}

/** Pieces of some records in the form in which they wait. */
export interface Staged {
  people: StagedPerson[];
  inboxes: { key: string; name: string }[];
  tickets: (Omit<HistoryTicket, 'piece' | 'isOpen' | 'openedAt' | 'closedAt'> & {
    is_open: boolean;
    opened_at: Date | null;
    closed_at: Date | null;
  })[];
  messages: StagedMessage[];
}

export interface StagingTerms {
  defaultCountry: string | null;
  now: Date;
}

const longestKey = 200;
const longestBody = 500_000;
const mostTags = 50;

export function emptyStage(): Staged {
  return { people: [], inboxes: [], tickets: [], messages: [] };
}

/** Adds a piece to what waits, or says why it cannot. Addresses get the form in which everybody here is known by them. */
export function stagePiece(staged: Staged, piece: HistoryPiece, terms: StagingTerms): PieceFault | null {
  if (piece.key === '' || piece.key.length > longestKey) {
    // An inbox or a person without a number says nothing that could be kept; others would be lost.
    return piece.piece === 'ticket' || piece.piece === 'message' ? { part: piece.piece, code: 'no_key' } : null;
  }
  switch (piece.piece) {
    case 'person':
      staged.people.push(personRow(piece, terms));
      return null;
    case 'inbox':
      staged.inboxes.push({ key: piece.key, name: clean(piece.name, 200) });
      return null;
    case 'ticket':
      return stageTicket(staged, piece);
    case 'message':
      return stageMessage(staged, piece, terms);
  }
}

function stageTicket(
  staged: Staged,
  { piece: _piece, isOpen, openedAt, closedAt, ...ticket }: HistoryTicket,
): PieceFault | null {
  if (ticket.person === '' || ticket.person.length > longestKey) {
    return { part: `ticket ${ticket.key}`, code: 'no_person' };
  }
  staged.tickets.push({
    ...ticket,
    subject: clean(ticket.subject, 500),
    inbox: clean(ticket.inbox, longestKey),
    tags: ticket.tags.slice(0, mostTags).map((tag) => clean(tag, 80)),
    is_open: isOpen,
    opened_at: openedAt,
    closed_at: closedAt,
  });
  return null;
}

function stageMessage(staged: Staged, message: HistoryMessage, { now }: StagingTerms): PieceFault | null {
  const part = `message ${message.key}`;
  if (message.ticket === '') {
    return { part, code: 'no_ticket' };
  }
  if (message.at === null || message.at > now) {
    return { part, code: message.at === null ? 'no_time' : 'in_future' };
  }
  const written = message.isHtml ? htmlToText(message.text).text : message.text;
  const body = [clean(written, longestBody), ...message.files.flatMap(linkOf)].filter((one) => one !== '').join('\n');
  const files = message.files.flatMap(({ name, data }) => (data === null ? [] : [{ name: clean(name, 200), data }]));
  if (body === '' && files.length === 0) {
    return { part, code: 'empty' };
  }
  const author = {
    key: message.author.key,
    name: clean(message.author.name, 200),
    email: normaliseEmail(message.author.email) ?? '',
  };
  staged.messages.push({
    key: message.key,
    ticket: message.ticket,
    direction: message.direction,
    author,
    body,
    at: message.at,
    files,
  });
  return null;
}

/** A file that lies elsewhere is named, and never fetched: an address in a file of somebody's is no order to call it. */
function linkOf({ name, url, data }: HistoryFile): string[] {
  const isLink = url !== null && /^https?:\/\//iu.test(url);
  return data === null ? [clean(`📎 ${name}${isLink ? ` ${url}` : ''}`, 2_000)] : [];
}

function personRow(
  { key, name, emails, phones, isStaff }: HistoryPerson,
  { defaultCountry }: StagingTerms,
): StagedPerson {
  const called = clean(name, 200);
  return {
    key,
    name: called,
    name_key: matchKey(called),
    emails: distinct(emails.map((email) => normaliseEmail(email))),
    phones: distinct(phones.map((phone) => phoneOf(phone, defaultCountry))),
    is_staff: isStaff,
  };
}

function phoneOf(phone: string, country: string | null): string | null {
  const normal = normalisePhone(phone, country);
  return normal?.kind === 'phone' ? normal.e164 : null;
}

function distinct(addresses: (string | null)[]): string[] {
  return [...new Set(addresses.filter((one): one is string => one !== null))].slice(0, 20);
}

function clean(text: string, longest: number): string {
  return storableText(text).trim().slice(0, longest).toWellFormed();
}
