import type { HistoryFile, HistoryMessage, HistoryPerson, HistoryPiece, HistoryTicket } from './history-piece.js';
import { filled, objectsAt, textAt, textsAt, timeAt, type JsonObject } from './json-fields.js';

/** Tickets, articles and users as the REST interface answers with `expand=true`. */
export function readZammad(record: JsonObject): HistoryPiece[] | null {
  if ('title' in record && 'customer_id' in record) {
    return readTicket(record);
  }
  if ('ticket_id' in record && 'body' in record) {
    return [readArticle(record)];
  }
  return 'firstname' in record && 'login' in record ? [readUser(record)] : null;
}

/** Priorities are named there, e.g. "2 normal"; a house's own names begin as it likes. */
function priorityOf(record: JsonObject): number {
  const first = Number.parseInt(textAt(record, 'priority'), 10);
  return first >= 1 && first <= 4 ? first : 2;
}

function readTicket(record: JsonObject): HistoryPiece[] {
  const isOpen = !['closed', 'merged', 'removed'].includes(textAt(record, 'state').toLowerCase());
  const owner = textAt(record, 'owner');
  const group = textAt(record, 'group');
  const inbox = textAt(record, 'group_id') || group;
  const ticket: HistoryTicket = {
    piece: 'ticket',
    key: textAt(record, 'id'),
    person: textAt(record, 'customer_id'),
    subject: textAt(record, 'title'),
    isOpen,
    tags: textsAt(record, 'tags'),
    inbox,
    assignee: owner === '' || owner === '-' ? null : { email: owner.includes('@') ? owner : '', name: owner },
    priority: priorityOf(record),
    openedAt: timeAt(record, 'created_at'),
    closedAt: isOpen ? null : timeAt(record, 'close_at', 'updated_at'),
  };
  return [
    ...(group === '' ? [] : [{ piece: 'inbox', key: inbox, name: group } as const]),
    ticket,
    ...objectsAt(record, 'articles').map((article) => readArticle({ ticket_id: ticket.key, ...article })),
  ];
}

const directions: Record<string, HistoryMessage['direction']> = { Customer: 'in', Agent: 'out', System: 'out' };

function readArticle(article: JsonObject): HistoryMessage {
  const email = textAt(article, 'created_by');
  return {
    piece: 'message',
    key: textAt(article, 'id'),
    ticket: textAt(article, 'ticket_id'),
    direction: article['internal'] === true ? 'internal' : (directions[textAt(article, 'sender')] ?? null),
    author: {
      key: textAt(article, 'origin_by_id', 'created_by_id'),
      name: textAt(article, 'from').replace(/\s*<[^<>]*>\s*$/u, ''),
      email: email.includes('@') ? email : '',
    },
    text: textAt(article, 'body'),
    isHtml: textAt(article, 'content_type').startsWith('text/html'),
    at: timeAt(article, 'created_at'),
    files: objectsAt(article, 'attachments').map(fileOf),
  };
}

/** Of a file only its name is told; its bytes are read by another request. */
function fileOf(file: JsonObject): HistoryFile {
  return { name: textAt(file, 'filename'), url: null, data: textAt(file, 'data') || null };
}

function readUser(user: JsonObject): HistoryPerson {
  const roles = textsAt(user, 'roles');
  return {
    piece: 'person',
    key: textAt(user, 'id'),
    name: filled([textAt(user, 'firstname'), textAt(user, 'lastname')]).join(' '),
    emails: filled([textAt(user, 'email')]),
    phones: filled([textAt(user, 'phone'), textAt(user, 'mobile')]),
    isStaff: roles.some((role) => role !== 'Customer'),
  };
}
