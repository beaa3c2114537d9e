import type { Sql } from '#channels';

/** Agents who hold work and have no console open, by the leases on the database's clock. */
export async function listAbsentHolders(sql: Sql): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    `select a.id from agent a
     where a.used_units > 0
       and not exists (select 1 from agent_presence p where p.agent_id = a.id and p.lease_until > clock_timestamp())`,
  );
  return rows.map(({ id }) => id);
}

/** The tickets of an agent behind which somebody waits in a chat at this moment. What is answered in its own time is not among them. */
export async function listOpenChats(sql: Sql, agentId: string): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    `select t.id from assignment a join work_item w on w.id = a.work_item_id join ticket t on t.id = w.ticket_id
     where a.agent_id = $1 and a.state = 'accepted' and w.class = 'chat' and t.state = 'open' and t.owner_id = $1
     order by w.rank_at, w.id`,
    [agentId],
  );
  return rows.map(({ id }) => id);
}
