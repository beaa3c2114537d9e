import type { Sql, Statement } from '#channels';
import { hasPhone, hasRoom, hasSkills, isServing, isThere, serves } from '../routing/eligibility.js';

/** Whether the router may give this work to this agent. Parameters: work item, agent. */
const mayHave: Statement = {
  name: 'routing-may-have',
  text: `
select 1 from work_item w join queue q on q.id = w.queue_id join agent a on a.id = $2
where w.id = $1 and w.state = 'queued' and a.id <> all (w.excluded_agents)
  and ${isServing('q')} and ${isThere('a')} and ${serves('a', 'w')} and ${hasSkills('a.id', 'w')}
  and ${hasPhone('a', 'w.class')} and ${hasRoom('a', 'w')}`,
};

/** Whether somebody who was named can be asked now: their queues and skills are for whoever named them to judge. Parameters: work item, agent. */
const mayBeAsked: Statement = {
  name: 'routing-may-be-asked',
  text: `
select 1 from work_item w join agent a on a.id = $2
where w.id = $1 and w.state = 'queued' and ${isThere('a')} and ${hasPhone('a', 'w.class')} and ${hasRoom('a', 'w')}`,
};

const mayTake = `select 1 from agent where id = $1 and disabled_at is null`;
const fits = `select 1 from work_item w join agent a on a.id = $2 where w.id = $1 and a.disabled_at is null and ${hasRoom('a', 'w')}`;

/** On what terms somebody gets work. */
export type WorkTerms = 'routed' | 'named' | 'accepted' | 'by_hand';

const terms: Record<WorkTerms, Statement | string> = {
  routed: mayHave,
  named: mayBeAsked,
  accepted: fits,
  by_hand: mayTake,
};

const lock: Statement = {
  name: 'lock-agents',
  text: 'select 1 from agent where id = any ($1::uuid[]) order by id for no key update',
};

/** Locks agents' rows, in the order that all writers keep. Whoever puts work on one or takes it off another does this first. */
export async function lockAgents(sql: Sql, agentIds: readonly (string | null | undefined)[]): Promise<void> {
  await sql.query(lock, [agentIds.filter((id) => typeof id === 'string')]);
}

/**
 * Says whether an agent whose row is locked whether they can have a piece of work now: whoever picked them may have waited for locks since. What
 * follows reads what is true, and two matchers cannot overfill one agent.
 *
 * 'routed': all that the router asks of somebody. 'named': they are there, can be rung, and it fits. 'accepted': it fits and they may work.
 * 'by_hand': they may work; their load may pass the cap, as when an agent takes a ticket themselves.
 */
export async function mayHaveWork(
  sql: Sql,
  agentId: string,
  { workId, as }: { workId: string | null; as: WorkTerms },
): Promise<boolean> {
  const values = as === 'by_hand' ? [agentId] : [workId, agentId];
  return (await sql.query(terms[as], values)).length > 0;
}
