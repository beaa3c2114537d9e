import type { HistoryFile, HistoryMessage, HistoryPerson, HistoryPiece, HistoryTicket } from './history-piece.js';
import { filled, isObject, objectAt, objectsAt, textAt, textsAt, timeAt, type JsonObject } from './json-fields.js';

/** Tickets with their comments, and users: the full JSON export, or what the API answers. */
export function readZendesk(record: JsonObject): HistoryPiece[] | null {
  if ('subject' in record && textAt(record, 'status') === 'deleted') {
    return [];
  }
  if ('subject' in record && ('requester' in record || 'requester_id' in record)) {
    return readTicket(record);
  }
  return 'role' in record && 'name' in record ? [readUser(record)] : null;
}

const priorities: Record<string, number> = { low: 1, normal: 2, high: 3, urgent: 4 };

function readTicket(record: JsonObject): HistoryPiece[] {
  const requester = objectAt(record, 'requester');
  const person = textAt(requester, 'id') || textAt(record, 'requester_id');
  const group = objectAt(record, 'group');
  const inbox = textAt(group, 'id') || textAt(record, 'group_id');
  const isOpen = !['solved', 'closed'].includes(textAt(record, 'status'));
  const ticket: HistoryTicket = {
    piece: 'ticket',
    key: textAt(record, 'id'),
    person,
    subject: textAt(record, 'subject', 'raw_subject'),
    isOpen,
    tags: textsAt(record, 'tags'),
    inbox,
    assignee: assigneeOf(record),
    priority: priorities[textAt(record, 'priority')] ?? 2,
    openedAt: timeAt(record, 'created_at'),
    closedAt: isOpen ? null : timeAt(record, 'solved_at', 'updated_at'),
  };
  return [
    ...(textAt(requester, 'id') === '' ? [] : [readUser({ role: 'end-user', ...requester })]),
    ...(isObject(record['assignee']) ? [readUser({ role: 'agent', ...objectAt(record, 'assignee') })] : []),
    ...(textAt(group, 'name') === '' ? [] : [{ piece: 'inbox', key: inbox, name: textAt(group, 'name') } as const]),
    ticket,
    ...objectsAt(record, 'comments').map((comment) => readComment(comment, ticket)),
  ];
}

function assigneeOf(record: JsonObject): HistoryTicket['assignee'] {
  const assignee = objectAt(record, 'assignee');
  const email = textAt(assignee, 'email');
  const name = textAt(assignee, 'name');
  return email === '' && name === '' ? null : { email, name };
}

/** What the requester wrote came in, also where the page of a comment says nothing of its author. */
function readComment(comment: JsonObject, { key: ticket, person }: HistoryTicket): HistoryMessage {
  const author = textAt(comment, 'author_id') || textAt(objectAt(comment, 'author'), 'id');
  const html = textAt(comment, 'html_body');
  return {
    piece: 'message',
    key: textAt(comment, 'id'),
    ticket,
    direction: comment['public'] === false ? 'internal' : author === person ? 'in' : null,
    author: { key: author, name: textAt(objectAt(comment, 'author'), 'name'), email: '' },
    text: textAt(comment, 'plain_body') || html || textAt(comment, 'body'),
    isHtml: textAt(comment, 'plain_body') === '' && html !== '',
    at: timeAt(comment, 'created_at'),
    files: objectsAt(comment, 'attachments').map(fileOf),
  };
}

function fileOf(file: JsonObject): HistoryFile {
  return {
    name: textAt(file, 'file_name'),
    url: textAt(file, 'content_url') || null,
    data: textAt(file, 'data') || null,
  };
}

function readUser(user: JsonObject): HistoryPerson {
  return {
    piece: 'person',
    key: textAt(user, 'id'),
    name: textAt(user, 'name'),
    emails: filled([textAt(user, 'email')]),
    phones: filled([textAt(user, 'phone')]),
    isStaff: textAt(user, 'role') !== 'end-user',
  };
}
