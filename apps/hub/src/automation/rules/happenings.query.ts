import type { Statement } from '#channels';

/** Flags of messages that wake no rule: nobody wrote them, nobody can be believed to have, or nobody is to be heard. */
const quietFlags = '{out_of_office,newsletter,bounce,complaint,automatic,forged,blocked}';

/** How many tickets of a person a change of that person is looked at for. */
const ticketsOfPerson = 20;

/**
 * Facts with the tickets that they are about, one row for each pair, and everything that rules ask about as it stood when the fact's
 * transaction ended. A fact about no ticket has no row, and so has a message that must wake nobody. Parameter: positions.
 *
 * What was so is in the first row of past_state behind the fact that another transaction wrote. A fact that came with a backup has no
 * transaction any more; for it every row behind it counts.
 */
export const happeningRows: Statement = {
  name: 'rule-happenings',
  text: `
with fact as materialized (
  select e.* from event_log e where e.position = any ($1::bigint[])),
spoken as (
  select f.*, m.ticket_id, m.id as message_id
  from fact f join message m on m.id = f.subject_id
  where f.type in ('message.received', 'message.sent') and m.ticket_id is not null and m.kind <> 'note'
    and not (f.type = 'message.received' and (m.content ? 'report' or coalesce(m.content -> 'flags' ?| '${quietFlags}', false)))),
opened as (
  select f.*, f.subject_id as ticket_id, (
    select m.id from event_log x join message m on m.id = x.subject_id
    where x.xid = f.xid and f.xid <> '0' and x.type = 'message.received' and m.ticket_id = f.subject_id order by x.position limit 1) as message_id
  from fact f where f.type = 'ticket.opened'),
other as (
  select f.*, f.subject_id as ticket_id, (
    select m.id from message m
    where m.ticket_id = t.id and m.conversation_id = t.conversation_id and m.direction = 'in' and m.at <= f.at order by m.seq desc limit 1) as message_id
  from fact f join ticket t on t.id = f.subject_id
  where f.type <> 'ticket.opened' and (f.type like 'ticket.%' or f.type like 'sla.%' or f.type like 'survey.%')),
concerned as (
  select f.*, near.id as ticket_id, near.message_id
  from fact f
  join conversation here on here.id = f.conversation_id
  join customer mine on mine.id = here.customer_id
  cross join lateral (
    select t.id, (
      select m.id from message m
      where m.ticket_id = t.id and m.conversation_id = t.conversation_id and m.direction = 'in' and m.at <= f.at order by m.seq desc limit 1) as message_id
    from customer k join conversation c on c.customer_id = k.id join ticket t on t.conversation_id = c.id
    where coalesce(k.merged_into, k.id) = coalesce(mine.merged_into, mine.id)
      and t.opened_at <= f.at and (t.closed_at is null or t.closed_at > f.at)
    order by t.id limit ${ticketsOfPerson}) near
  where f.type like 'customer.%'),
target as (
  select * from spoken union all select * from opened union all select * from other union all select * from concerned)
select f.position::text, f.type, extract(epoch from f.at)::float8 * 1000 as at, f.actor_id as "actorId", f.cause, f.depth, f.payload,
       t.id as "ticketId", t.number, t.prefix, t.conversation_id as "conversationId",
       coalesce(tw.was, jsonb_build_object('state', t.state, 'priority', t.priority, 'queue_id', t.queue_id, 'owner_id', t.owner_id,
         'tags', t.tags, 'fields', t.fields, 'subject', t.subject)) as ticket,
       root.id as "customerId",
       coalesce(rw.was, jsonb_build_object('tier', root.tier, 'locale', root.locale, 'fields', root.fields)) as customer,
       m.body as text, m.content ->> 'subject' as subject, m.author, m.channel_id as "channelId", ch.kind as "channelKind",
       exists (select 1 from attachment a where a.conversation_id = m.conversation_id and a.seq = m.seq) as "hasFiles"
from target f
join ticket t on t.id = f.ticket_id
join conversation c on c.id = t.conversation_id
join customer mine on mine.id = c.customer_id
left join lateral (
  select p.was from past_state p where p.subject_id = t.id and p.position > f.position and (p.xid <> f.xid or f.xid = '0')
  order by p.position limit 1) tw on true
left join lateral (
  select p.was from past_state p where p.subject_id = mine.id and p.position > f.position and (p.xid <> f.xid or f.xid = '0')
  order by p.position limit 1) mw on true
join customer root on root.id = coalesce(
  case when mw.was is null then mine.merged_into else (mw.was ->> 'merged_into')::uuid end, mine.id)
left join lateral (
  select p.was from past_state p where p.subject_id = root.id and p.position > f.position and (p.xid <> f.xid or f.xid = '0')
  order by p.position limit 1) rw on true
left join message m on m.id = f.message_id
left join channel ch on ch.id = m.channel_id
order by f.xid, f.position, t.id`,
};

export interface HappeningRow {
  position: string;
  type: string;
  at: number;
  actorId: string | null;
  /** The rule or macro that caused it. */
  cause: string | null;
  depth: number;
  payload: Record<string, unknown>;
  ticketId: string;
  number: number;
  prefix: string;
  conversationId: string;
  ticket: {
    state: string;
    priority: number;
    queue_id: string;
    owner_id: string | null;
    tags: string[];
    fields: Record<string, unknown>;
    subject: string;
  };
  customerId: string;
  customer: { tier: number; locale: string; fields: Record<string, unknown> };
  /** Null where nothing was written. */
  text: string | null;
  subject: string | null;
  author: 'customer' | 'agent' | 'bot' | 'system' | null;
  channelId: string | null;
  channelKind: string | null;
  hasFiles: boolean;
}

/** From which position on it is known how things stood. */
export const knownSince = 'select min(position)::text as position from past_state';

/** The calendars of queues. */
export const queueCalendars = 'select id, calendar_id as "calendarId" from queue where calendar_id is not null';
