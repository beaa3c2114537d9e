import type { Statement } from '#channels';
import type { NoticeView } from '#contract';
import { mayHelp } from '../supervision/steering/steering.query.js';

/** A fact's consequence for one agent, before it is kept. */
export interface FoundNotice {
  agent_id: string;
  kind: NoticeView['kind'];
  position: string;
  conversation_id: string | null;
  ticket_id: string | null;
  seq: string | null;
  actor_id: string | null;
  detail: Record<string, unknown>;
  at: Date;
}

/** The facts that may concern an agent; everything else is passed over without a question. */
export const noticedFacts: ReadonlySet<string> = new Set([
  'message.received',
  'note.written',
  'ticket.assigned',
  'sla.warned',
  'sla.breached',
  'sla.escalated',
  'delivery.failed',
  'delivery.unconfirmed',
  'queue.alert',
  'hand.raised',
  'review.given',
]);

const itsMessage = `join message m on m.conversation_id = f.conversation_id and m.seq = (f.payload ->> 'seq')::bigint`;

/**
 * Whom facts concern: the owner of the ticket that a customer wrote on, unless they were given it only afterwards, those whom a note names, whoever was given a ticket by somebody else,
 * the owner of a ticket whose promise comes due, the writer of a message that did not leave, and of a limit that was passed those who watch the board; of an agent who asks for help, those who may come; of a review, whose work it is. Every read goes by a primary key. Parameter:
 * the positions of the facts.
 */
export const noticesOfFacts: Statement = {
  name: 'notices-of-facts',
  text: `
with f as materialized (select * from event_log where position = any ($1::bigint[])),
found as (
  select f.position, 'reply' as kind, t.owner_id as agent_id, f.conversation_id, t.id as ticket_id, m.seq, null::uuid as actor_id, '{}'::jsonb as detail, f.at
  from f ${itsMessage} join ticket t on t.id = m.ticket_id
  where f.type = 'message.received' and m.direction = 'in' and m.author = 'customer' and m.kind <> 'event'
    and not exists (select 1 from work_item w join assignment s on s.work_item_id = w.id and s.state = 'accepted'
                    where w.ticket_id = t.id and w.state = 'assigned' and s.accepted_at > f.at)
  union all
  select f.position, 'mention', n.agent_id, f.conversation_id, n.ticket_id, m.seq, n.by_id, '{}', f.at
  from f ${itsMessage} cross join agent a
  join ticket_mention n on n.agent_id = a.id and n.conversation_id = m.conversation_id and n.seq = m.seq
  where f.type = 'note.written' and m.body like '%@%'
  union all
  select f.position, 'assigned', (f.payload ->> 'to')::uuid, f.conversation_id, f.subject_id, null, f.actor_id, '{}', f.at
  from f where f.type = 'ticket.assigned' and (f.payload ->> 'to')::uuid is distinct from f.actor_id
  union all
  select f.position, 'promise', t.owner_id, f.conversation_id, t.id, null, null,
         jsonb_build_object('metric', f.payload -> 'metric', 'kind',
           case f.type when 'sla.warned' then 'warning' when 'sla.breached' then 'breach' else 'escalation' end), f.at
  from f join ticket t on t.id = f.subject_id where f.type like 'sla.%'
  union all
  select f.position, 'failed', m.author_id, f.conversation_id, m.ticket_id, m.seq, null,
         jsonb_build_object('state', substr(f.type, 10)), f.at
  from f ${itsMessage} where f.type in ('delivery.failed', 'delivery.unconfirmed') and m.author = 'agent'
  union all
  select f.position, 'alert', a.id, null, null, null, null, f.payload, f.at
  from f cross join agent a left join own_role o on o.id = a.own_role_id
  where f.type = 'queue.alert' and f.payload ->> 'state' = 'raised'
    and case when o.id is null then a.role in ('supervisor', 'admin') else 'board.watch' = any (o.permissions) end
    and (coalesce(o.sees, 'all') = 'all' or exists (
      select 1 from queue_member m where m.agent_id = a.id and m.queue_id = (f.payload ->> 'queueId')::uuid))
  union all
  select f.position, 'hand', a.id, f.conversation_id, t.id, null, f.actor_id, '{}', f.at
  from f join ticket t on t.id = f.subject_id cross join agent a left join own_role o on o.id = a.own_role_id
  where f.type = 'hand.raised' and a.id <> f.actor_id and ${mayHelp('t.queue_id')}
  union all
  select f.position, 'review', (f.payload ->> 'to')::uuid, f.conversation_id, f.subject_id, null, f.actor_id, '{}', f.at
  from f where f.type = 'review.given')
select found.position::text, found.kind, found.agent_id, found.conversation_id, found.ticket_id, found.seq::text, actor.id as actor_id, found.detail, found.at
from found join agent who on who.id = found.agent_id and who.disabled_at is null
left join agent actor on actor.id = found.actor_id
left join conversation c on c.id = found.conversation_id
where found.conversation_id is null or c.id is not null
order by found.position`,
};

/**
 * What a customer goes on to say takes the place of what they said before: one line for each ticket, however much they write. Parameters:
 * agents and tickets, side by side. Notices are locked in the order of their ids by all who change several.
 */
export const dropFormerReplies: Statement = {
  name: 'notices-drop-former',
  text: `
with former as materialized (
  select n.id from notice n join unnest($1::uuid[], $2::uuid[]) one(agent_id, ticket_id)
    on n.agent_id = one.agent_id and n.ticket_id = one.ticket_id
  where n.kind = 'reply' and n.read_at is null order by n.id for update of n)
delete from notice n using former where n.id = former.id`,
};

/**
 * Keeps notices, and has the browsers of their agents woken a little later, so that whoever is just looking is left alone. Parameters: the notices
 * with an id each, as JSON; that patience in milliseconds.
 */
export const keepNotices: Statement = {
  name: 'notices-keep',
  text: `
with kept as (
  insert into notice (id, agent_id, kind, position, conversation_id, ticket_id, seq, actor_id, detail, at)
  select n.id, n.agent_id, n.kind, n.position, n.conversation_id, n.ticket_id, n.seq, n.actor_id, n.detail, n.at
  from jsonb_to_recordset($1::jsonb) as n(
    id uuid, agent_id uuid, kind text, position bigint, conversation_id uuid, ticket_id uuid, seq bigint, actor_id uuid, detail jsonb, at timestamptz)
  on conflict (agent_id, position) do nothing
  returning id, agent_id)
insert into push_due (notice_id, subscription_id, due_at)
select kept.id, s.id, clock_timestamp() + $2 * interval '1 millisecond'
from kept join push_subscription s on s.agent_id = kept.agent_id`,
};

/** How many are unread, at most a hundred. Parameter: the agents. */
export const unreadOf: Statement = {
  name: 'notices-unread',
  text: `
select want.id as agent_id, (select count(*)::int from (
  select 1 from notice n where n.agent_id = want.id and n.read_at is null limit 100) few) as unread
from unnest($1::uuid[]) want(id)`,
};
