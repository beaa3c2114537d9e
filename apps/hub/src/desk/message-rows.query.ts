import type { MessageContent, Statement } from '#channels';
import { readOfWanted } from './wanted-rows.js';

/**
 * A message row with what a reader sees beside it: the author's name, its files, the last failure of its delivery. One
 * lateral read per row, so a page costs one statement.
 */
export interface MessageRow {
  id: string;
  conversation_id: string;
  seq: number;
  rev: number;
  at: Date;
  sent_at: Date | null;
  channel_id: string | null;
  thread_id: string | null;
  identity_id: string | null;
  ticket_id: string | null;
  ticket_reason: string | null;
  direction: 'in' | 'out' | 'internal';
  author: 'customer' | 'agent' | 'bot' | 'system';
  author_id: string | null;
  author_name: string | null;
  kind: 'text' | 'note' | 'call' | 'keys' | 'form' | 'event';
  body: string;
  content: MessageContent;
  delivery: 'queued' | 'sent' | 'delivered' | 'read' | 'unconfirmed' | 'parked' | 'failed' | null;
  delivery_error: string | null;
  edited_at: Date | null;
  redacted_at: Date | null;
  restricted: boolean;
  queue_id: string | null;
  files:
    | {
        id: string;
        name: string;
        mediaType: string;
        bytes: number;
        state: 'stored' | 'fetching' | 'quarantined' | 'erased';
      }[]
    | null;
}

/** What decides who reads a message: its ticket's queue, or the one that an undo cut it from. A queue that is gone keeps its secret. */
export const restriction = `
  coalesce(q.restricted, m.ticket_id is null and m.restricted_by is not null, false) as restricted,
  coalesce(t.queue_id, m.restricted_by) as queue_id`;

/** The joins that `restriction` reads, beside `message m`. */
export const restrictionTables = `
  left join ticket t on t.id = m.ticket_id left join queue q on q.id = coalesce(t.queue_id, m.restricted_by)`;

/** Columns of MessageRow over `message m`. */
export const messageColumns = `
  m.id, m.conversation_id, m.seq, m.rev, m.at, m.sent_at, m.channel_id, m.thread_id, m.identity_id, m.ticket_id, m.ticket_reason,
  m.direction, m.author, m.author_id, m.kind, m.body, m.content, m.delivery, m.edited_at, m.redacted_at,
  coalesce(m.content ->> 'writer', case m.author
    when 'agent' then (select a.name from agent a where a.id = m.author_id)
    when 'customer' then (select k.name from identity i join customer k on k.id = i.customer_id where i.id = m.identity_id) end) as author_name,
  case when m.delivery is not null then
    (select case when m.delivery in ('failed', 'parked', 'unconfirmed', 'queued') or d.error_code = 'reported' or d.missed is not null then d.error end
     from delivery d where d.conversation_id = m.conversation_id and d.seq = m.seq order by d.created_at desc limit 1) end as delivery_error,
  ${restriction},
  (select jsonb_agg(jsonb_build_object('id', f.id, 'name', f.name, 'mediaType', f.media_type, 'bytes', f.bytes, 'state', f.state) order by f.created_at, f.id)
   from attachment f where f.conversation_id = m.conversation_id and f.seq = m.seq) as files`;

/** What messageColumns reads from. */
export const messageTables = `message m ${restrictionTables}`;

/** A page of a person's timeline, newest first. Parameters: the parts' ids, before (at, as text), before (id), how many. */
export const timelinePage: Statement = {
  name: 'timeline-page',
  text: `
with page as (
  select n.conversation_id, n.seq, n.at, n.id
  from unnest($1::uuid[]) part(id)
  cross join lateral (
    select conversation_id, seq, at, id from message
    where conversation_id = part.id and (at, id) < ($2::timestamptz, $3::uuid)
    order by at desc, id desc limit $4) n
  order by n.at desc, n.id desc limit $4)
select ${messageColumns}, page.at::text as cursor_at
from page join message m on m.conversation_id = page.conversation_id and m.seq = page.seq
${restrictionTables}
order by page.at desc, page.id desc`,
};

/** What changed in conversation rows since the revs a reader has, messages only. At last: how many of a row at most. */
export const readChangedMessages = readOfWanted<MessageRow>(
  'changed-messages',
  (wanted) => `
select ${messageColumns}
from ${wanted}
cross join lateral (
  select conversation_id, seq from message where conversation_id = want.id and rev > want.since order by rev limit $3) n
join message m on m.conversation_id = n.conversation_id and m.seq = n.seq
${restrictionTables}
order by m.conversation_id, m.seq`,
);
