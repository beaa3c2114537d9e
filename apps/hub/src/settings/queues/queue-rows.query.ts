import { lockPeople } from '../../database/lock-people.js';

/** Queues as everybody sees them. Those that were removed are nobody's concern. */
export const queueViews = `
select q.id, q.name, q.restricted,
       array(select m.agent_id from queue_member m join agent a on a.id = m.agent_id
             where m.queue_id = q.id and a.disabled_at is null order by m.agent_id) as "memberIds"
from queue q where q.retired_at is null`;

/** The same with all that administrators set up. */
export const queueSettings = `
select q.id, q.name, q.restricted, q.version, q.strategy, q.steps, q.boosts,
       array(select m.agent_id from queue_member m join agent a on a.id = m.agent_id
             where m.queue_id = q.id and a.disabled_at is null order by m.agent_id) as "memberIds",
       q.calendar_id as "calendarId", q.out_of_hours as "outOfHours", q.accept_secs as "acceptSecs", q.sticky_secs as "stickySecs",
       q.max_wait_secs as "maxWaitSecs", q.skill_ids as "skillIds", q.skill_level as "skillLevel", q.reopen_hours as "reopenHours", q.children_first as "childrenFirst",
       coalesce((select jsonb_agg(jsonb_build_object('agentId', m.agent_id, 'level', m.level) order by m.level, a.name, a.id)
                 from queue_member m join agent a on a.id = m.agent_id
                 where m.queue_id = q.id and a.disabled_at is null), '[]') as members
from queue q where q.retired_at is null`;

/** What is in a queue and what leads into it ($1). */
export const queueContents = `
select jsonb_build_object(
         'waiting', count(*) filter (where t.state not in ('solved', 'closed') and t.owner_id is null),
         'held', count(*) filter (where t.state not in ('solved', 'closed') and t.owner_id is not null),
         'solved', count(*) filter (where t.state = 'solved'),
         'closed', count(*) filter (where t.state = 'closed')) as tickets,
       coalesce((select jsonb_agg(jsonb_build_object('id', c.id, 'name', c.name) order by c.name) from channel c where c.queue_id = $1::uuid), '[]')
         as channels,
       coalesce((select jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name) order by p.name) from sla_policy p
                 where exists (
                   select 1 from sla_policy_version v
                   where v.policy_id = p.id and v.status in ('draft', 'published')
                     and (v.body -> 'scope' -> 'queueIds' ? $1::uuid::text
                       or v.body -> 'escalations' @> jsonb_build_array(jsonb_build_object('queueId', $1::uuid::text))))), '[]') as policies,
       coalesce((select jsonb_agg(jsonb_build_object('id', o.id, 'name', o.name) order by o.name) from queue o
                 where o.retired_at is null and o.id <> $1::uuid
                   and o.steps @> jsonb_build_array(jsonb_build_object('queueId', $1::uuid::text))), '[]') as queues
from ticket t where t.queue_id = $1::uuid`;

/** Members that are gone, and those that came or moved to another ring. $1: queue, $2: the members as they should be. */
export const setMembers = `
with wanted as (select m."agentId" as agent_id, m.level from jsonb_to_recordset($2::jsonb) as m("agentId" uuid, level smallint)),
gone as (
  delete from queue_member m using agent a
  where m.queue_id = $1 and a.id = m.agent_id and a.disabled_at is null and m.agent_id not in (select agent_id from wanted)
  returning m.agent_id),
come as (
  insert into queue_member as m (queue_id, agent_id, level) select $1, w.agent_id, w.level from wanted w
  on conflict (queue_id, agent_id) do update set level = excluded.level where m.level <> excluded.level
  returning m.agent_id)
select agent_id as "agentId" from gone union all select agent_id from come`;

/** Locks the people of all tickets of a queue ($1) that are not closed, in the order that every writer keeps. */
export const lockPeopleOf = lockPeople(`in (
  select coalesce(k.merged_into, k.id) from ticket t join conversation here on here.id = t.conversation_id
  join customer k on k.id = here.customer_id where t.queue_id = $1 and t.state <> 'closed')`);

export const movableTickets = `
select id, conversation_id as conversation from ticket where queue_id = $1 and state <> 'closed' order by conversation_id, id`;

/** Open callbacks go along ($2: where), except of somebody who has one there already. */
export const withoutClash = `
update callback c set queue_id = $2
where c.queue_id = $1 and not exists (
  select 1 from callback o where o.customer_id = c.customer_id and o.queue_id = $2 and o.state in ('requested', 'due'))`;
