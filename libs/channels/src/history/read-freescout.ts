import type { HistoryFile, HistoryMessage, HistoryPerson, HistoryPiece, HistoryTicket } from './history-piece.js';
import { filled, objectAt, objectsAt, textAt, timeAt, type JsonObject } from './json-fields.js';

/** Conversations with their threads, customers and mailboxes, as the API & Webhooks module answers. */
export function readFreescout(record: JsonObject): HistoryPiece[] | null {
  if ('mailboxId' in record && 'subject' in record) {
    return isShown(record) ? readConversation(record) : [];
  }
  if ('firstName' in record) {
    return [readPerson(record)];
  }
  return 'email' in record && 'name' in record
    ? [{ piece: 'inbox', key: textAt(record, 'id'), name: textAt(record, 'name') }]
    : null;
}

function readConversation(record: JsonObject): HistoryPiece[] {
  const customer = readPerson({ ...objectAt(record, 'customer'), type: 'customer' });
  const isOpen = !['closed', 'spam'].includes(textAt(record, 'status'));
  const assignee = readPerson(objectAt(record, 'assignee'));
  const within = objectAt(record, '_embedded');
  const ticket: HistoryTicket = {
    piece: 'ticket',
    key: textAt(record, 'id'),
    person: customer.key,
    subject: textAt(record, 'subject'),
    isOpen,
    tags: objectsAt(within, 'tags').map((tag) => textAt(tag, 'name', 'tag')),
    inbox: textAt(record, 'mailboxId'),
    assignee: assignee.key === '' ? null : { email: assignee.emails[0] ?? '', name: assignee.name },
    priority: 2,
    openedAt: timeAt(record, 'createdAt'),
    closedAt: isOpen ? null : timeAt(record, 'closedAt', 'userUpdatedAt', 'updatedAt'),
  };
  return [customer, ticket, ...objectsAt(within, 'threads').flatMap((thread) => readThread(thread, ticket.key))];
}

const directions: Record<string, 'in' | 'out' | 'internal'> = {
  customer: 'in',
  message: 'out',
  phone: 'internal',
  note: 'internal',
};

/** A draft was never said, and what was deleted there does not come back here. */
function isShown(record: JsonObject): boolean {
  return ['', 'published'].includes(textAt(record, 'state'));
}

/** Line items tell what happened. */
function readThread(thread: JsonObject, ticket: string): HistoryMessage[] {
  const direction = directions[textAt(thread, 'type')];
  if (direction === undefined || !isShown(thread)) {
    return [];
  }
  const author = readPerson(objectAt(thread, 'createdBy'));
  return [
    {
      piece: 'message',
      key: textAt(thread, 'id'),
      ticket,
      direction,
      author: { key: author.key, name: author.name, email: author.emails[0] ?? '' },
      text: textAt(thread, 'body'),
      isHtml: true,
      at: timeAt(thread, 'createdAt'),
      files: objectsAt(objectAt(thread, '_embedded'), 'attachments').map(fileOf),
    },
  ];
}

function fileOf(file: JsonObject): HistoryFile {
  return { name: textAt(file, 'fileName'), url: textAt(file, 'fileUrl') || null, data: textAt(file, 'data') || null };
}

/** Users and customers are counted apart there, so that their numbers meet. */
function readPerson(person: JsonObject): HistoryPerson {
  const isStaff = textAt(person, 'type') === 'user' || 'role' in person;
  const id = textAt(person, 'id');
  const within = objectAt(person, '_embedded');
  const values = (name: string): string[] => objectsAt(within, name).map((one) => textAt(one, 'value'));
  return {
    piece: 'person',
    key: isStaff && id !== '' ? `user ${id}` : id,
    name: filled([textAt(person, 'firstName'), textAt(person, 'lastName')]).join(' '),
    emails: filled([textAt(person, 'email'), ...values('emails')]),
    phones: filled([textAt(person, 'phone'), ...values('phones')]),
    isStaff,
  };
}
