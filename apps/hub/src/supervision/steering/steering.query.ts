import type { Statement } from '#channels';

/** Work of the person that agents hold, the latest first. Parameter: the person's conversations. */
export const workOfPerson = `
select a.agent_id as id, g.name, t.id as ticket_id, t.number, t.prefix, t.conversation_id
from ticket t join work_item w on w.ticket_id = t.id and w.state = 'assigned'
join assignment a on a.work_item_id = w.id and a.state = 'accepted' join agent g on g.id = a.agent_id
where t.conversation_id = any ($1::uuid[])
order by a.accepted_at desc, a.id`;

export interface WorkRow {
  id: string;
  name: string;
  ticket_id: string;
  number: number;
  prefix: string;
  conversation_id: string;
}

/** Watches of a person that go on. Parameter: the person's conversations. */
export const openWatches = `
select g.id, g.name, min(w.began_at) as since from steering_watch w join agent g on g.id = w.supervisor_id
where w.conversation_id = any ($1::uuid[]) and w.ended_at is null group by g.id, g.name order by 3, g.id`;

export interface WatcherRow {
  id: string;
  name: string;
  since: Date;
}

/** Parameters: the person's conversations; the agent, or null: of all. */
export const whispersOf: Statement = {
  name: 'steering-whispers',
  text: `
select * from (
  select w.id, w.words, w.at, w.seen_at, jsonb_build_object('id', a.id, 'name', a.name) as agent, jsonb_build_object('id', b.id, 'name', b.name) as by
  from whisper w join agent a on a.id = w.agent_id join agent b on b.id = w.by_id
  where w.conversation_id = any ($1::uuid[]) and ($2::uuid is null or w.agent_id = $2)
  order by w.at desc, w.id desc limit 200) late
order by late.at, late.id`,
};

export interface WhisperRow {
  id: string;
  words: string;
  at: Date;
  seen_at: Date | null;
  agent: { id: string; name: string };
  by: { id: string; name: string };
}

/** Parameters: the person's conversations; the agent, or null: of all. */
export const handsOf: Statement = {
  name: 'steering-hands',
  text: `
select h.id, h.words, h.raised_at, jsonb_build_object('id', a.id, 'name', a.name) as agent,
       case when k.id is not null then jsonb_build_object('id', k.id, 'name', k.name) end as taken_by
from raised_hand h join agent a on a.id = h.agent_id left join agent k on k.id = h.taken_by
where h.conversation_id = any ($1::uuid[]) and h.lowered_at is null and ($2::uuid is null or h.agent_id = $2)
order by h.raised_at, h.id`,
};

export interface HandRow {
  id: string;
  words: string;
  raised_at: Date;
  agent: { id: string; name: string };
  taken_by: { id: string; name: string } | null;
}

/** Every hand of these queues, as JSON. Parameter: the queues; null: all. */
export const openHands = `(
  select coalesce(jsonb_agg(jsonb_build_object(
    'id', h.id, 'agent', jsonb_build_object('id', a.id, 'name', a.name), 'words', h.words, 'raisedAt', h.raised_at,
    'takenBy', case when k.id is not null then jsonb_build_object('id', k.id, 'name', k.name) end,
    'queue', jsonb_build_object('id', q.id, 'name', q.name),
    'ticket', jsonb_build_object('id', t.id, 'number', t.number, 'prefix', t.prefix, 'conversation', top.id)) order by h.raised_at, h.id), '[]')
  from raised_hand h join agent a on a.id = h.agent_id join ticket t on t.id = h.ticket_id join queue q on q.id = t.queue_id
  join conversation c on c.id = h.conversation_id join customer m on m.id = c.customer_id
  join conversation top on top.customer_id = coalesce(m.merged_into, m.id)
  left join agent k on k.id = h.taken_by
  where h.lowered_at is null and ($1::uuid[] is null or t.queue_id = any ($1)))`;

/** Whether an agent a, with a role o of the organisation's own or none, comes to help in a queue. */
export const mayHelp = (queue: string): string => `(
  a.disabled_at is null
  and case when o.id is null then a.role in ('supervisor', 'admin') else 'steering.watch' = any (o.permissions) end
  and (coalesce(o.sees, 'all') = 'all' or exists (select 1 from queue_member m where m.agent_id = a.id and m.queue_id = ${queue})))`;

/** Parameter: the agent. */
export const unseenOf: Statement = {
  name: 'steering-unseen',
  text: `
select w.conversation_id, count(*)::int as count,
       (array_agg(jsonb_build_object('id', b.id, 'name', b.name) order by w.at desc))[1] as by
from whisper w join agent b on b.id = w.by_id
where w.agent_id = $1 and w.seen_at is null and w.by_id <> w.agent_id group by w.conversation_id`,
};

export interface UnseenRow {
  conversation_id: string;
  count: number;
  by: { id: string; name: string };
}

/**
 * Who hears that something changed, each by themselves: in a room of a queue it would tell agents that they are watched. Parameters: a
 * conversation of the person; the agent whom it concerns, or null; whether those who work on the person hear it too; a ticket with which help
 * is wanted, or null. Those who look on and those who whispered before stand apart: their rights may have gone since.
 */
export const hearersOf: Statement = {
  name: 'steering-hearers',
  text: `
with root as (
  select coalesce(k.merged_into, k.id) as id from conversation c join customer k on k.id = c.customer_id where c.id = $1),
parts as (
  select c.id from conversation c where c.customer_id in (
    select id from root union all select k.id from customer k join root on k.merged_into = root.id))
select (select c.id from conversation c join root on c.customer_id = root.id) as conversation, array(
  select $2 where $2::uuid is not null
  union select a.agent_id from ticket t join work_item i on i.ticket_id = t.id and i.state = 'assigned'
        join assignment a on a.work_item_id = i.id and a.state = 'accepted'
        where $3 and t.conversation_id in (select id from parts)
  union select a.id from ticket t cross join agent a left join own_role o on o.id = a.own_role_id
        where t.id = $4 and ${mayHelp('t.queue_id')}) as agents,
  array(
  select w.supervisor_id from steering_watch w where w.conversation_id in (select id from parts) and w.ended_at is null) as watchers,
  array(
  select distinct w.by_id from whisper w
  where w.conversation_id in (select id from parts) and w.agent_id = $2 and w.by_id <> w.agent_id) as whisperers`,
};
