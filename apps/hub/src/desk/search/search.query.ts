import { restriction, restrictionTables } from '../message-rows.query.js';

export interface FoundRow {
  /** Of the message; of the ticket where no words were given. */
  id: string;
  cursor_at: string;
  conversation_id: string;
  restricted: boolean;
  queue_id: string | null;
  ticket_id: string | null;
  owner_id: string | null;
  number: number | null;
  prefix: string | null;
  subject: string | null;
  state: string | null;
  message_id: string | null;
  at: Date | null;
  author: 'customer' | 'agent' | 'bot' | 'system' | null;
  author_name: string | null;
  kind: string | null;
  channel_id: string | null;
  body: string | null;
}

/** What both kinds of search ask of a ticket. Parameters: 3 owners (null: any), 4 nobody's, 5 states, 6 tags, 7 queues. */
const ofTicket = `
  ($3::uuid[] is null or t.owner_id = any ($3)) and (not $4::boolean or (t.id is not null and t.owner_id is null))
  and ($5::text[] is null or t.state = any ($5)) and (cardinality($6::text[]) = 0 or (t.tags @> $6 and t.tags <> '{}')) and ($7::uuid[] is null or t.queue_id = any ($7))`;

const shown = `
  t.id as ticket_id, t.owner_id, t.number, t.prefix, t.subject, t.state, m.id as message_id, m.at, m.author,
  case when m.author = 'agent' then (select a.name from agent a where a.id = m.author_id) end as author_name, m.kind, m.channel_id,
  left(m.body, 5000) as body`;

/**
 * Messages in which all words stand, newest first: ids of messages grow with time, and the word index knows which. Which of the two is
 * walked depends on the words, so it has no name: it is planned for every search. Parameters: 1 the words as a query, 2 before (id),
 * 3–7 `ofTicket`, 8 authors' kinds, 9 authors, 10 channels, 11 notes only, 12 since, 13 until, 14 how many, 15 the ticket's number.
 */
export const searchMessages = `
select m.id, '' as cursor_at, m.conversation_id, ${restriction}, ${shown}
from message m ${restrictionTables}
where m.search @@ to_tsquery('simple', $1) and m.id < $2::uuid and m.redacted_at is null and ${ofTicket}
  and ($8::text is null or m.author = $8) and ($9::uuid[] is null or m.author_id = any ($9))
  and ($10::uuid[] is null or m.channel_id = any ($10)) and (not $11::boolean or m.kind = 'note')
  and m.at >= $12::timestamptz and m.at < $13::timestamptz and ($15::bigint is null or t.number = $15)
order by m.id desc limit $14`;

/**
 * Tickets by what they are, each with its latest words, a page of every queue and state read in the order of the index. Parameters:
 * 1 before (at), 2 before (id), 3–7 `ofTicket`, 8 number, 9 since, 10 until, 11 how many.
 */
export const searchTickets = `
with page as (
  select n.*
  from queue q cross join ticket_state s
  cross join lateral (
    select t.* from ticket t
    where t.queue_id = q.id and t.state = s.name and (t.last_message_at, t.id) < ($1::timestamptz, $2::uuid) and ${ofTicket}
      and ($8::bigint is null or t.number = $8) and t.last_message_at >= $9::timestamptz and t.last_message_at < $10::timestamptz
    order by t.last_message_at desc, t.id desc limit $11) n
  where ($5::text[] is null or s.name = any ($5)) and ($7::uuid[] is null or q.id = any ($7))
  order by n.last_message_at desc, n.id desc limit $11)
select t.id, t.last_message_at::text as cursor_at, t.conversation_id, q.restricted, t.queue_id, ${shown}
from page t join queue q on q.id = t.queue_id
left join lateral (
  select n.* from message n where n.ticket_id = t.id and n.kind <> 'event' and n.redacted_at is null order by n.conversation_id desc, n.seq desc limit 1) m on true
order by t.last_message_at desc, t.id desc`;
