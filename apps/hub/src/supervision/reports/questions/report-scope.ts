import type { Sql } from '#channels';
import { oversees, type Actor } from '../../../auth/actor.js';

/** The queues whose tickets somebody may have counted: all for those who oversee everything (null), else those that they serve. */
export async function reportScope(sql: Sql, actor: Actor): Promise<string[] | null> {
  if (oversees(actor)) {
    return null;
  }
  const rows = await sql.query<{ id: string }>('select queue_id as id from queue_member where agent_id = $1', [
    actor.id,
  ]);
  return rows.map(({ id }) => id);
}
