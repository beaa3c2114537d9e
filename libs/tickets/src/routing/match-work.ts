import type { Sql, Statement } from '#channels';
import { assign, type AssignmentResult } from '../work/assign.js';

/** Agents who can be given work: online by their own word, present by a lease on the database clock, not full, in the queue. */
const freeAgents = `
  from agent a
  join queue_member m on m.agent_id = a.id
  where a.status = 'online' and a.disabled_at is null
    and exists (select 1 from agent_presence p where p.agent_id = a.id and p.lease_until > clock_timestamp())`;

/**
 * The first waiting item that somebody can take, and who. Order: the agent it prefers, then whoever is idle the longest, then
 * whoever got work the longest ago.
 */
const pick: Statement = {
  name: 'routing-pick',
  text: `
select w.ticket_id, best.id as agent_id
from work_item w
cross join lateral (
  select a.id ${freeAgents}
    and m.queue_id = w.queue_id and a.used_units + w.weight <= a.cap_units and a.id <> all (w.excluded_agents)
  order by a.id = w.preferred_agent desc nulls last, a.idle_since nulls last, a.last_assigned_at, a.id
  limit 1) best
where w.queue_id = $1 and w.state = 'queued'
order by w.rank_at, w.id
limit 1`,
};

/** Queues where work waits beside somebody who could take it. After the router has run, there must be none. */
const stuckQueues: Statement = {
  name: 'routing-stuck',
  text: `
select distinct w.queue_id
from work_item w
where w.state = 'queued' and exists (
  select 1 ${freeAgents}
    and m.queue_id = w.queue_id and a.used_units + w.weight <= a.cap_units and a.id <> all (w.excluded_agents))`,
};

/**
 * Matches one waiting item of a queue to one agent: the second transaction of routing, after the fact that made it possible was
 * committed. The queue's lock makes matchers take turns; whoever comes second picks anew and sees what the first one did.
 * @returns null when nothing can be matched.
 */
export async function matchWork(sql: Sql, queueId: string): Promise<AssignmentResult | null> {
  await sql.query(`select pg_advisory_xact_lock(hashtextextended('route ' || $1, 0))`, [queueId]);
  const [found] = await sql.query<{ ticket_id: string; agent_id: string }>(pick, [queueId]);
  if (!found) {
    return null;
  }
  return assign(sql, {
    ticketId: found.ticket_id,
    agentId: found.agent_id,
    expectedOwnerId: null,
    waitingIn: queueId,
    by: null,
    withinCapacity: true,
    endReason: 'transferred',
  });
}

/** See stuckQueues: the sweep's question. */
export async function findStuckQueues(sql: Sql): Promise<string[]> {
  const rows = await sql.query<{ queue_id: string }>(stuckQueues);
  return rows.map((row) => row.queue_id);
}
