import type { Sql } from '#channels';

/** What must hold of an agent for units to be put on them. */
export interface LoadTerms {
  /** Refuse what does not fit in the agent's capacity. */
  withinCapacity: boolean;
  /**
   * The queue that the agent must serve, online and with an open console; null where a person decides and the agent need not be
   * there.
   */
  readyFor: string | null;
}

/**
 * Puts units on an agent, when the terms hold at this moment: whoever picked the agent may have waited for locks since. The agent's row
 * is locked first, so that two matchers cannot overfill one agent and what follows reads what is true now.
 * @returns whether the units were put. Without terms the load may pass the cap, as when an agent takes a ticket by hand.
 */
export async function loadAgent(sql: Sql, agentId: string, units: number, terms: LoadTerms): Promise<boolean> {
  if (terms.readyFor !== null) {
    // A statement that waits for a row looks at other tables as they were before it waited; so it must not be the one that decides.
    await sql.query('select 1 from agent where id = $1 for no key update', [agentId]);
  }
  const rows = await sql.query(
    `update agent a set used_units = used_units + $2, last_assigned_at = clock_timestamp(), idle_since = null
     where id = $1 and disabled_at is null and (not $3 or used_units + $2 <= cap_units)
       and ($4::uuid is null or (
         status = 'online'
         and exists (select 1 from queue_member m where m.queue_id = $4 and m.agent_id = a.id)
         and exists (select 1 from agent_presence p where p.agent_id = a.id and p.lease_until > clock_timestamp())))
     returning id`,
    [agentId, units, terms.withinCapacity, terms.readyFor],
  );
  return rows.length > 0;
}

/** Takes units off an agent; one who is left with none is idle from now on. */
export async function unloadAgent(sql: Sql, agentId: string, units: number): Promise<void> {
  await sql.query(
    `update agent set used_units = used_units - $2,
            idle_since = case when used_units - $2 = 0 then clock_timestamp() else idle_since end
     where id = $1`,
    [agentId, units],
  );
}
