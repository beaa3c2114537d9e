import type { Statement } from '#channels';

/**
 * The one read of the way in: for each arrival its channel, whether it is known already, who sent it, the rows of that
 * person's conversation with their revs, and what decides on a ticket. Parameter: the arrivals as JSON, in order.
 */
export const acceptRead: Statement = {
  name: 'accept-read',
  text: `
with arrival as materialized (
  select * from jsonb_to_recordset($1::jsonb) as a(
    ord int, channel uuid, external text, message_external text, kind text, address text, reply_to text, thread uuid, mail_ids text[]))
select a.ord, ch.queue_id, ch.script_id,
       exists (select 1 from inbound_event e where e.channel_id = a.channel and e.external_id = a.external) as duplicate,
       who.identity_id, who.trust, who.seen_lately, who.name as sender_name,
       coalesce(continued.conversation_id, who.conversation_id) as conversation_id,
       person.root, person.name, person.parts, work.tickets, work.restricted, wrote.ticket_id as agent_wrote_last,
       coalesce(answered.ticket_id, continued.ticket_id) as referenced,
       continued.thread_id, continued.subject as thread_subject, growing.seq as growing_seq
from arrival a
join channel ch on ch.id = a.channel
left join lateral (
  select i.id as identity_id, i.trust, c.id as conversation_id, i.last_seen_at > now() - interval '5 minutes' as seen_lately, k.name
  from identity i join customer k on k.id = i.customer_id join conversation c on c.customer_id = k.id
  where i.kind = a.kind and i.address = a.address and i.retired_at is null
  order by i.last_seen_at desc nulls last limit 1) who on true
left join lateral (
  select t.id as thread_id, t.conversation_id, t.subject,
         (select m.ticket_id from message m where m.conversation_id = t.conversation_id and m.thread_id = t.id
          order by m.seq desc limit 1) as ticket_id
  from thread t
  where t.channel_id = a.channel and (t.id = a.thread or (t.participants @> array[a.address] and t.id = (
    select m.thread_id from message m where m.channel_id = a.channel and m.mail_id = any (a.mail_ids)
    order by m.at desc limit 1)))
  order by (t.id = a.thread) desc nulls last limit 1) continued on a.thread is not null or a.mail_ids is not null
left join lateral (
  select root.id as root, root.name, g.parts
  from conversation here
  join customer mine on mine.id = here.customer_id
  join customer root on root.id = coalesce(mine.merged_into, mine.id)
  cross join lateral (
    select jsonb_agg(jsonb_build_object('id', c.id, 'rev', c.rev, 'lastSeq', c.last_seq, 'holder', c.holder,
                                        'isRoot', c.customer_id = root.id) order by c.id) as parts,
           array_agg(c.id) as ids
    from conversation c
    where c.customer_id in (select k.id from customer k where k.id = root.id union all
                            select k.id from customer k where k.merged_into = root.id)) g
  where here.id = coalesce(continued.conversation_id, who.conversation_id)) person on true
left join lateral (select array(select (p ->> 'id')::uuid from jsonb_array_elements(person.parts) p) as ids) part on true
left join lateral (
  select jsonb_agg(to_jsonb(t) order by t.last_message_at desc) as tickets, bool_or(q.restricted) as restricted
  from (select id, conversation_id, number, state, version, queue_id, owner_id, reopen_until, last_message_at
        from ticket where conversation_id = any (part.ids) and state <> 'closed'
        order by last_message_at desc limit 20) t
  join queue q on q.id = t.queue_id) work on true
left join lateral (
  select last.ticket_id
  from unnest(part.ids) own(id) cross join lateral (
    select m.ticket_id, m.at from message m
    where m.conversation_id = own.id and m.at > now() - interval '24 hours'
      and m.channel_id = a.channel and m.author = 'agent' and m.direction = 'out' and m.ticket_id is not null
    order by m.at desc limit 1) last
  order by last.at desc limit 1) wrote on true
left join lateral (
  select m.ticket_id from message m
  where m.channel_id = a.channel and m.external_id = a.reply_to and m.conversation_id = any (part.ids)) answered on a.reply_to is not null
left join lateral (
  select m.seq from message m
  where m.channel_id = a.channel and m.external_id = a.message_external) growing on a.message_external is distinct from a.external
order by a.ord`,
};

/** Somebody new: a customer, the conversation and the identity that was seen. No row: another arrival was first. */
export const meetCustomer: Statement = {
  name: 'meet-customer',
  text: `
with met as (
  insert into identity (id, customer_id, kind, address, trust, last_seen_at)
  values ($1, $2, $4, $5, $6, clock_timestamp())
  on conflict do nothing
  returning customer_id),
person as (
  insert into customer (id, name, name_key, locale) select customer_id, $7, $8, $9 from met),
talk as (
  insert into conversation (id, customer_id) select $3, customer_id from met)
select customer_id from met`,
};

/**
 * The one write of the way in, committing by itself. An arrival is written when every conversation row of its person still
 * has the rev that the read saw, and its event is new; the others leave no row in the answer and are read again.
 * Parameters: arrivals, their raw bytes, the person's parts, new tickets, work to queue, threads, files (JSON, by ord).
 */
export const acceptWrite: Statement = {
  name: 'accept-write',
  text: `
with arrival as materialized (
  select a.*, r.raw
  from jsonb_to_recordset($1::jsonb) as a(
    ord int, event uuid, channel uuid, external text, message_external text, message uuid, conversation uuid, identity uuid,
    trust text, seen boolean, state text, thread uuid, mail_id text, ticket uuid, reason text, direction text, author text, kind text,
    body text, search text, content jsonb, sent_at timestamptz)
  join unnest($2::bytea[]) with ordinality r(raw, n) on r.n = a.ord),
part as materialized (
  select * from jsonb_to_recordset($3::jsonb) as p(ord int, conversation uuid, rev bigint)),
locked as materialized (
  select c.id from conversation c
  where (c.id, c.rev) in (select p.conversation, p.rev from part p)
  order by c.id for no key update),
held as (
  select p.ord from part p left join locked l on l.id = p.conversation
  group by p.ord having count(*) = count(l.id)),
event as (
  insert into inbound_event (id, channel_id, external_id, raw, state)
  select event, channel, external, raw, state from arrival where ord in (select ord from held)
  on conflict (channel_id, external_id) where external_id is not null do nothing
  returning id),
fresh as materialized (
  select a.* from arrival a join event e on e.id = a.event),
threaded as (
  insert into thread (id, conversation_id, channel_id, subject, participants, verified)
  select t.id, t.conversation, t.channel, t.subject, t.participants, t.verified
  from jsonb_to_recordset($6::jsonb) as t(ord int, id uuid, conversation uuid, channel uuid, subject text, participants text[], verified boolean)
  where t.ord in (select ord from fresh)),
opened as (
  insert into ticket (id, conversation_id, queue_id, subject)
  select t.id, t.conversation, t.queue, t.subject
  from jsonb_to_recordset($4::jsonb) as t(ord int, id uuid, conversation uuid, queue uuid, subject text)
  where t.ord in (select ord from fresh)
  returning id, conversation_id, rev),
said as (
  insert into message (id, conversation_id, channel_id, thread_id, identity_id, external_id, mail_id, ticket_id, ticket_reason,
                       sent_at, direction, author, kind, body, search_text, content)
  select message, conversation, channel, thread, identity, message_external, mail_id, ticket, reason,
         sent_at, direction, author, kind, body, search, content
  from fresh order by ord
  returning id, conversation_id, seq, rev, at, ticket_id),
touched as (
  update ticket t
  set last_message_at = greatest(t.last_message_at, s.at),
      state = case when t.state in ('pending', 'solved') then 'open' else t.state end,
      owner_id = case when t.state = 'solved' then null else t.owner_id end,
      snoozed_until = null, solved_at = null, reopen_until = null
  from (select ticket_id, max(at) as at from said group by ticket_id) s
  where t.id = s.ticket_id
  returning t.*),
queued as (
  insert into work_item (id, ticket_id, queue_id, class, weight, state, preferred_agent, enqueued_at, rank_at)
  select w.id, w.ticket, w.queue, w.class, w.weight, 'queued', w.preferred, now(), now()
  from jsonb_to_recordset($5::jsonb) as w(ord int, id uuid, ticket uuid, queue uuid, class text, weight int, preferred uuid)
  where w.ord in (select ord from fresh)),
filed as (
  insert into attachment (id, conversation_id, seq, name, media_type, bytes, sha256, storage_key, content_id, state, reference)
  select f.id, s.conversation_id, s.seq, f.name, f.media_type, f.bytes, decode(f.sha256, 'hex'), f.storage_key, f.content_id,
         f.state, f.reference
  from jsonb_to_recordset($7::jsonb) as f(
    message uuid, id uuid, name text, media_type text, bytes bigint, sha256 text, storage_key text, content_id text, state text, reference text)
  join said s on s.id = f.message),
seen as (
  update identity i set last_seen_at = clock_timestamp(), trust = coalesce(f.trust, i.trust)
  from fresh f where i.id = f.identity and f.seen),
logged as (
  insert into event_log (type, conversation_id, subject_id, payload)
  select 'ticket.opened', o.conversation_id, o.id, '{}' from opened o
  union all
  select 'message.received', s.conversation_id, s.id, jsonb_build_object('seq', s.seq) from said s)
select a.ord, s.seq, s.rev, s.at, s.ticket_id, to_jsonb(t) as ticket, exists (select 1 from opened o where o.id = s.ticket_id) as opened
from said s join arrival a on a.message = s.id left join touched t on t.id = s.ticket_id
order by a.ord`,
};

/** An event that is kept for the record and puts nothing on a timeline. No row: it was known. */
export const keepEvent: Statement = {
  name: 'keep-event',
  text: `
insert into inbound_event (id, channel_id, external_id, state, raw, error) values ($1, $2, $3, $4, $5, $6)
on conflict (channel_id, external_id) where external_id is not null do nothing
returning id`,
};

/** A row of accept-read. */
export interface Known {
  ord: number;
  queue_id: string | null;
  script_id: string | null;
  duplicate: boolean;
  identity_id: string | null;
  trust: 'proven' | 'channel_given' | 'unauthenticated' | null;
  seen_lately: boolean | null;
  sender_name: string | null;
  conversation_id: string | null;
  root: string | null;
  name: string | null;
  parts: KnownPart[] | null;
  tickets: KnownTicket[] | null;
  /** One of the tickets is in a restricted queue. */
  restricted: boolean | null;
  agent_wrote_last: string | null;
  referenced: string | null;
  thread_id: string | null;
  thread_subject: string | null;
  growing_seq: number | null;
}

export interface KnownPart {
  id: string;
  rev: number;
  lastSeq: number;
  holder: 'none' | 'bot' | 'queue' | 'agent';
  isRoot: boolean;
}

/** A ticket of the person as JSON made it: instants are strings. */
export interface KnownTicket {
  id: string;
  conversation_id: string;
  number: number;
  state: 'new' | 'open' | 'pending' | 'on_hold' | 'solved';
  version: number;
  queue_id: string;
  owner_id: string | null;
  reopen_until: string | null;
  last_message_at: string;
}

/** A row of accept-write. `ticket` is the touched ticket's row as JSON; null when it was opened here or there is none. */
export interface Stored {
  ord: number;
  seq: number;
  rev: number;
  at: Date;
  ticket_id: string | null;
  ticket: Record<string, unknown> | null;
  opened: boolean;
}
