import { v7 as uuid } from 'uuid';
import { joinTicket, workSizeOf, type JoinReason, type WorkSize } from '#tickets';
import {
  growCall,
  matchKey,
  storableText,
  type ChannelKind,
  type InboundCall,
  type InboundMessage,
  type MessageContent,
  type Sender,
} from '#channels';
import type { Known, KnownPart, KnownTicket } from './accept-read.query.js';

/** A file of an arrival, already in storage or still at its provider. */
export interface ArrivedFile {
  id: string;
  name: string;
  mediaType: string;
  bytes: number;
  sha256: string | null;
  storageKey: string;
  contentId: string | null;
  state: 'stored' | 'fetching' | 'quarantined';
  reference: string | null;
}

/** One event on its way in. `threadId` is the thread that a valid token names. */
export interface Arrival {
  channelId: string;
  channelKind: ChannelKind;
  event: InboundMessage | InboundCall;
  threadId: string | null;
  files: ArrivedFile[];
}

/** The rows that accept-write takes, as JSON; `ord` ties them to their arrival. */
export interface Plan {
  arrivals: PlannedMessage[];
  parts: { ord: number; conversation: string; rev: number }[];
  tickets: { ord: number; id: string; conversation: string; queue: string; subject: string }[];
  work: ({ ord: number; id: string; ticket: string; queue: string; preferred: string | null } & WorkSize)[];
  threads: {
    ord: number;
    id: string;
    conversation: string;
    channel: string;
    subject: string;
    participants: string[];
    verified: boolean;
  }[];
  files: Record<string, unknown>[];
}

export interface PlannedMessage {
  ord: number;
  event: string;
  channel: string;
  external: string | null;
  state: 'accepted' | 'quarantined';
  message_external: string | null;
  message: string;
  conversation: string;
  identity: string;
  trust: string | null;
  seen: boolean;
  thread: string | null;
  mail_id: string | null;
  ticket: string | null;
  reason: JoinReason | null;
  direction: 'in' | 'out';
  author: 'customer' | 'agent';
  kind: string;
  body: string;
  search: string;
  content: MessageContent;
  sent_at: Date | null;
}

/** The provider's id that the message keeps: a call's events share one. */
export function messageExternalId(event: Arrival['event']): string | null {
  return event.type === 'call' ? `call ${event.callId}` : event.externalId;
}

/** An arrival with what the read knows of its sender. */
export interface KnownArrival {
  ord: number;
  arrival: Arrival;
  known: Known;
}

/** What a person's conversation will be once the arrivals planned so far are written. */
interface Person {
  parts: KnownPart[];
  tickets: KnownTicket[];
}

/**
 * Decides what becomes of arrivals whose senders are known: thread, ticket, work. Several arrivals of one person see each
 * other's tickets, so a burst of first messages opens one. Pure but for the ids it makes; `now` is the decision's clock.
 */
export function planAcceptance(entries: KnownArrival[], now: Date): Plan {
  const plan: Plan = { arrivals: [], parts: [], tickets: [], work: [], threads: [], files: [] };
  const people = new Map<string, Person>();
  for (const entry of entries) {
    const root = entry.known.root as string;
    const person = people.get(root) ?? { parts: entry.known.parts ?? [], tickets: [...(entry.known.tickets ?? [])] };
    people.set(root, person);
    planOne(plan, person, entry, now);
  }
  return plan;
}

function planOne(plan: Plan, person: Person, entry: KnownArrival, now: Date): void {
  const { ord, arrival } = entry;
  const thread = planThread(plan, entry);
  const joined = planTicket(plan, person, entry, now);
  const message = plannedMessage(entry, thread, joined);
  plan.arrivals.push(message);
  plan.parts.push(...person.parts.map((part) => ({ ord, conversation: part.id, rev: part.rev })));
  plan.files.push(...arrival.files.map((file) => fileRow(message.message, file)));
}

function plannedMessage(
  { ord, arrival, known }: KnownArrival,
  thread: string | null,
  joined: { ticket: string | null; reason: JoinReason | null },
): PlannedMessage {
  const { event } = arrival;
  const { sender, ...said } = readEvent(event);
  const trust = raisedTrust(known.trust, sender.trust);
  return {
    ord,
    event: uuid(),
    channel: arrival.channelId,
    external: event.externalId,
    state: isBroken(event) ? 'quarantined' : 'accepted',
    message_external: messageExternalId(event),
    message: uuid(),
    conversation: known.conversation_id as string,
    identity: known.identity_id as string,
    trust,
    seen: trust !== null || (said.direction === 'in' && known.seen_lately !== true),
    thread,
    ...joined,
    ...said,
    search: matchKey(`${subjectOf(event)} ${said.body}`),
    content: contentOf(event),
  };
}

/** The sender's own domain says that it did not send this: it continues nothing by what it quotes. */
function isForged(event: Arrival['event']): boolean {
  return event.type === 'message' && event.flags.includes('forged');
}

/** A mail that could not be read as it is: its stub goes on the timeline, its bytes wait for a better reader. */
function isBroken(event: Arrival['event']): boolean {
  return event.type === 'message' && (event.flags.includes('malformed') || event.flags.includes('oversized'));
}

/** What a message and a call have in common on a timeline. A call of ours is ours, whoever reported it. */
function readEvent(
  event: Arrival['event'],
): Pick<PlannedMessage, 'direction' | 'author' | 'kind' | 'body' | 'mail_id' | 'sent_at'> & { sender: Sender } {
  if (event.type === 'call') {
    return {
      sender: event.party,
      direction: event.direction,
      author: event.direction === 'out' ? 'agent' : 'customer',
      kind: 'call',
      body: storableText(event.note),
      mail_id: null,
      sent_at: event.startedAt,
    };
  }
  return {
    sender: event.from,
    direction: 'in',
    author: 'customer',
    kind: event.kind,
    body: storableText(event.text),
    mail_id: event.mail?.messageId ?? null,
    sent_at: event.sentAt,
  };
}

/** A mail belongs to a thread: the one it proves to continue, else one of its own. */
function planThread(plan: Plan, { ord, arrival, known }: KnownArrival): string | null {
  const { event } = arrival;
  if (event.type !== 'message' || !event.mail) {
    return null;
  }
  if (known.thread_id && !isForged(event) && isSameSubject(known.thread_subject ?? '', event.mail.subject)) {
    return known.thread_id;
  }
  const id = uuid();
  plan.threads.push({
    ord,
    id,
    conversation: known.conversation_id as string,
    channel: arrival.channelId,
    subject: storableText(event.mail.subject),
    participants: [event.from.address],
    verified: event.from.trust !== 'unauthenticated',
  });
  return id;
}

function planTicket(
  plan: Plan,
  person: Person,
  { ord, arrival, known }: KnownArrival,
  now: Date,
): { ticket: string | null; reason: JoinReason | null } {
  const joining = joinTicket({
    referenced: isForged(arrival.event) ? null : known.referenced,
    agentWroteLast: known.agent_wrote_last,
    tickets: person.tickets.map((ticket) => ({
      id: ticket.id,
      state: ticket.state,
      reopenUntil: ticket.reopen_until === null ? null : new Date(ticket.reopen_until),
      lastMessageAt: new Date(ticket.last_message_at),
    })),
    now,
  });
  if (joining.ticket === null) {
    return openTicket(plan, person, { ord, arrival, known }, now);
  }
  const ticket = person.tickets.find(({ id }) => id === joining.ticket) as KnownTicket;
  if (ticket.state === 'solved') {
    plan.work.push({
      ord,
      id: uuid(),
      ticket: ticket.id,
      queue: ticket.queue_id,
      preferred: ticket.owner_id,
      ...workSizeOf(arrival.channelKind),
    });
    person.tickets[person.tickets.indexOf(ticket)] = { ...ticket, state: 'open' };
  }
  return { ticket: joining.ticket, reason: joining.reason };
}

/** A call of ours to a customer is only recorded: it opens no ticket. A bot's channel waits for the bot to hand off. */
function openTicket(
  plan: Plan,
  person: Person,
  { ord, arrival, known }: KnownArrival,
  now: Date,
): { ticket: string | null; reason: JoinReason | null } {
  const { event } = arrival;
  if (known.queue_id === null || known.script_id !== null || (event.type === 'call' && event.direction === 'out')) {
    return { ticket: null, reason: null };
  }
  const id = uuid();
  const conversation = known.conversation_id as string;
  plan.tickets.push({ ord, id, conversation, queue: known.queue_id, subject: titleOf(event) });
  plan.work.push({
    ord,
    id: uuid(),
    ticket: id,
    queue: known.queue_id,
    preferred: null,
    ...workSizeOf(arrival.channelKind),
  });
  person.tickets.unshift({
    id,
    conversation_id: conversation,
    number: 0,
    state: 'new',
    version: 1,
    queue_id: known.queue_id,
    owner_id: null,
    reopen_until: null,
    last_message_at: now.toISOString(),
  });
  return { ticket: id, reason: 'new_ticket' };
}

function contentOf(event: Arrival['event']): MessageContent {
  if (event.type === 'call') {
    return { call: growCall(null, event) };
  }
  return {
    ...(event.mail && { subject: storableText(event.mail.subject), cc: event.mail.cc.map(storableText) }),
    ...(event.flags.length > 0 && { flags: event.flags }),
  };
}

function fileRow(message: string, file: ArrivedFile): Record<string, unknown> {
  return {
    message,
    id: file.id,
    name: storableText(file.name),
    media_type: storableText(file.mediaType),
    bytes: file.bytes,
    sha256: file.sha256,
    storage_key: file.storageKey,
    content_id: file.contentId,
    state: file.state,
    reference: file.reference,
  };
}

function subjectOf(event: Arrival['event']): string {
  return event.type === 'message' ? storableText(event.mail?.subject ?? '') : '';
}

/** The first words of what somebody wants, until an agent writes a better title. */
function titleOf(event: Arrival['event']): string {
  const text = subjectOf(event) || (event.type === 'message' ? storableText(event.text) : '');
  const line = text.trim().split('\n', 1)[0] ?? '';
  return line.length > 80 ? `${line.slice(0, 79).toWellFormed()}…` : line;
}

const replyPrefixes = /^(?:(?:re|aw|sv|antw|fwd?|wg|پاسخ|ارجاع)\s*(?:\[\d+\])?\s*:\s*)+/iu;

/** Whether a mail's subject continues a thread's: equal but for answer prefixes, case and spaces. */
export function isSameSubject(thread: string, mail: string): boolean {
  const bare = (subject: string) =>
    subject.trim().replace(replyPrefixes, '').replace(/\s+/gu, ' ').trim().toLowerCase();
  return bare(mail) === '' || bare(thread) === bare(mail);
}

const levels = ['unauthenticated', 'channel_given', 'proven'];

/** The new level of an identity, or null when it stays. A weaker message never lowers what a stronger one proved. */
function raisedTrust(known: string | null, now: string): string | null {
  return levels.indexOf(now) > levels.indexOf(known ?? '') ? now : null;
}
