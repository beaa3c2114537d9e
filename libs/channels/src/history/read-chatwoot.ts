import type { HistoryFile, HistoryMessage, HistoryPerson, HistoryPiece, HistoryTicket } from './history-piece.js';
import { filled, isObject, objectAt, objectsAt, textAt, textsAt, timeAt, type JsonObject } from './json-fields.js';

/** Conversations, their messages, contacts and inboxes, as the account's API answers. */
export function readChatwoot(record: JsonObject): HistoryPiece[] | null {
  if (isObject(objectAt(record, 'meta')['sender'])) {
    return readConversation(record);
  }
  if ('message_type' in record) {
    return readMessage(record, textAt(record, 'conversation_id'));
  }
  if ('channel_type' in record) {
    return [{ piece: 'inbox', key: textAt(record, 'id'), name: textAt(record, 'name') }];
  }
  if ('role' in record && 'availability_status' in record) {
    return [{ ...contactOf(record), key: staffKey(textAt(record, 'id')), isStaff: true }];
  }
  return 'email' in record || 'phone_number' in record ? [contactOf(record)] : null;
}

const priorities: Record<string, number> = { low: 1, medium: 2, high: 3, urgent: 4 };

function readConversation(record: JsonObject): HistoryPiece[] {
  const meta = objectAt(record, 'meta');
  const contact = contactOf(objectAt(meta, 'sender'));
  const assignee = objectAt(meta, 'assignee');
  const isOpen = textAt(record, 'status') !== 'resolved';
  const key = textAt(record, 'id');
  const ticket: HistoryTicket = {
    piece: 'ticket',
    key,
    person: contact.key,
    subject: textAt(objectAt(record, 'additional_attributes'), 'mail_subject'),
    isOpen,
    tags: textsAt(record, 'labels'),
    inbox: textAt(record, 'inbox_id'),
    assignee: isObject(meta['assignee'])
      ? { email: textAt(assignee, 'email'), name: textAt(assignee, 'name', 'available_name') }
      : null,
    priority: priorities[textAt(record, 'priority')] ?? 2,
    openedAt: timeAt(record, 'created_at'),
    closedAt: isOpen ? null : timeAt(record, 'last_activity_at', 'timestamp', 'updated_at'),
  };
  return [contact, ticket, ...objectsAt(record, 'messages').flatMap((message) => readMessage(message, key))];
}

/** 0 came in, 1 went out, 2 tells what happened, 3 was sent by a template. */
const directions: Record<string, HistoryMessage['direction']> = {
  0: 'in',
  1: 'out',
  3: 'out',
  incoming: 'in',
  outgoing: 'out',
  template: 'out',
};

function readMessage(message: JsonObject, ticket: string): HistoryPiece[] {
  const direction = directions[textAt(message, 'message_type')];
  if (direction === undefined || direction === null || objectAt(message, 'content_attributes')['deleted'] === true) {
    return [];
  }
  const sender = objectAt(message, 'sender');
  const key = textAt(sender, 'id');
  return [
    {
      piece: 'message',
      key: textAt(message, 'id'),
      ticket,
      direction: message['private'] === true ? 'internal' : direction,
      author: {
        key: direction === 'in' || key === '' ? key : staffKey(key),
        name: textAt(sender, 'name', 'available_name'),
        email: direction === 'in' ? '' : textAt(sender, 'email'),
      },
      text: textAt(message, 'content'),
      isHtml: false,
      at: timeAt(message, 'created_at'),
      files: objectsAt(message, 'attachments').map(fileOf),
    },
  ];
}

/** Agents and contacts are counted apart there, so that their numbers meet. */
function staffKey(id: string): string {
  return `agent ${id}`;
}

function fileOf(file: JsonObject): HistoryFile {
  const url = textAt(file, 'data_url');
  return {
    name: textAt(file, 'file_name') || decoded(url.split('?', 1)[0]?.split('/').at(-1) ?? ''),
    url: url || null,
    data: textAt(file, 'data') || null,
  };
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

function contactOf(contact: JsonObject): HistoryPerson {
  return {
    piece: 'person',
    key: textAt(contact, 'id'),
    name: textAt(contact, 'name', 'available_name'),
    emails: filled([textAt(contact, 'email')]),
    phones: filled([textAt(contact, 'phone_number')]),
    isStaff: false,
  };
}
