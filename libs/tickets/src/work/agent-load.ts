import type { Sql } from '#channels';

/**
 * Puts units on an agent. With `withinCapacity` it refuses what would not fit, so that two matchers cannot overfill one agent;
 * without it the load may pass the cap, as when an agent takes a ticket by hand.
 * @returns whether the units were put.
 */
export async function loadAgent(sql: Sql, agentId: string, units: number, withinCapacity: boolean): Promise<boolean> {
  const rows = await sql.query(
    `update agent set used_units = used_units + $2, last_assigned_at = clock_timestamp(), idle_since = null
     where id = $1 and disabled_at is null and (not $3 or used_units + $2 <= cap_units) returning id`,
    [agentId, units, withinCapacity],
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
