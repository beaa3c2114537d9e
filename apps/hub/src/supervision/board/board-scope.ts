import type { Sql } from '#channels';
import { oversees, type Actor } from '../../auth/actor.js';

/** The queues that somebody watches: all (null) for those who oversee everything, else those that they serve. */
export async function boardScope(sql: Sql, actor: Actor): Promise<string[] | null> {
  if (oversees(actor)) {
    return null;
  }
  const rows = await sql.query<{ id: string }>(
    'select queue_id as id from queue_member where agent_id = $1 order by queue_id',
    [actor.id],
  );
  return rows.map(({ id }) => id);
}
