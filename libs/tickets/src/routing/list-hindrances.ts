import type { Sql } from '#channels';
import { hasPhone, hasSkills, isQuiet, isServing, serves, unitsBeside } from './eligibility.js';
import type { Hindrance } from './policy.js';

/** Somebody who serves the queue of waiting work, and what keeps them from having it; null: nothing does. */
export interface HinderedAgent {
  agentId: string;
  hindrance: Hindrance | null;
}

const now = 'clock_timestamp()';
const capOf = 'coalesce(own.cap, class_cap(w.class))';
const usedOf = 'coalesce(own.used, 0)';

/** In the order of findHindrance in policy.ts, which says the same without a database. */
const hindrances = `
select a.id as "agentId", case
  when not ${isServing('q')} then 'queue_closed'
  when a.disabled_at is not null then 'disabled'
  when a.status <> 'online' then 'not_online'
  when not exists (select 1 from agent_presence p where p.agent_id = a.id and p.lease_until > ${now}) then 'not_present'
  when not calendar_open(a.calendar_id, ${now}) then 'off_shift'
  when a.id = any (w.excluded_agents) then 'excluded'
  when not ${serves('a', 'w')} then 'not_in_queue'
  when not ${hasSkills('a.id', 'w')} then 'lacks_skill'
  when not ${hasPhone('a', 'w.class')} then 'no_phone'
  when q.strategy = 'broadcast' and exists (
    select 1 from work_broadcast b where b.work_item_id = w.id and b.agent_id = a.id) then 'asked_already'
  when q.strategy = 'broadcast' and ${usedOf} + 1 + (
    select count(*) from work_broadcast b where b.agent_id = a.id and b.declined_at is null) > ${capOf} then 'class_full'
  when ${unitsBeside('a', 'w.class')} + w.weight > a.cap_units then 'no_units'
  when ${usedOf} + 1 > ${capOf} then 'class_full'
  when not ${isQuiet('a', 'w.class')} then 'on_a_call' end as hindrance
from work_item w
join queue q on q.id = w.queue_id
join agent a on a.id in (select m.agent_id from queue_member m where m.queue_id = w.queue_id or m.queue_id = any (w.also_queues))
left join agent_capacity own on own.agent_id = a.id and own.class = w.class
where w.ticket_id = $1 and w.state = 'queued'
order by a.id`;

/**
 * Why nobody has a waiting ticket at this moment: what keeps each of those who serve its queue from it. Empty where it does not wait. What
 * is kept for the agent it prefers is kept from the others besides.
 */
export async function listHindrances(sql: Sql, ticketId: string): Promise<HinderedAgent[]> {
  return sql.query<HinderedAgent & Record<string, unknown>>(hindrances, [ticketId]);
}
