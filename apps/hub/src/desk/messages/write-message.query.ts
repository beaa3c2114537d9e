import type { Statement } from '#channels';

/** A message of ours. seq, rev and at are given by the conversation's own counters. */
export const insertMessage: Statement = {
  name: 'insert-message',
  text: `
insert into message (id, conversation_id, channel_id, thread_id, identity_id, mail_id, ticket_id, ticket_reason, direction, author, author_id,
                     kind, body, search_text, content, sent_at, delivery)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
returning seq, rev`,
};

/** Binds uploaded files to the message they go with, in its conversation. Only files of this person, not bound yet, that this writer may use. */
export const bindFiles: Statement = {
  name: 'bind-files',
  text: `
update attachment set conversation_id = $2, seq = $3
where id = any ($1::uuid[]) and seq is null and state = 'stored' and conversation_id = any ($4::uuid[])
returning id, bytes`,
};

export interface NewMessage {
  id: string;
  conversationId: string;
  channelId: string | null;
  threadId: string | null;
  identityId: string | null;
  mailId: string | null;
  ticketId: string | null;
  direction: 'in' | 'out' | 'internal';
  author: 'customer' | 'agent';
  authorId: string | null;
  kind: 'text' | 'note' | 'call';
  body: string;
  searchText: string;
  content: object;
  sentAt: Date | null;
  delivery: 'queued' | 'sent' | null;
}

export function messageValues(message: NewMessage): unknown[] {
  return [
    message.id,
    message.conversationId,
    message.channelId,
    message.threadId,
    message.identityId,
    message.mailId,
    message.ticketId,
    message.ticketId === null ? null : 'agent_chose',
    message.direction,
    message.author,
    message.authorId,
    message.kind,
    message.body,
    message.searchText,
    JSON.stringify(message.content),
    message.sentAt,
    message.delivery,
  ];
}
