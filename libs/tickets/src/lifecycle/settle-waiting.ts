import type { Sql } from '#channels';
import { owingTickets } from './owes-answer.js';

/** Sets anew since when the customers of these tickets wait, where messages came to them or went. What is done, or pending, is owed nothing. */
export async function settleWaiting(sql: Sql, ticketIds: readonly string[]): Promise<void> {
  await sql.query(
    `with held as materialized (select h.id from ticket h where h.id = any ($1::uuid[]) order by h.id for no key update)
     update ticket t set waiting_since = w.since
     from held asked cross join lateral (select waits_since(asked.id) as since) w
     where t.id = asked.id and t.state in ('new', 'open', 'on_hold') and t.waiting_since is distinct from w.since`,
    [ticketIds],
  );
}

/** The same for both sides of a change; whether the first owes an answer now. */
export async function settleOwed(sql: Sql, ticketId: string, otherId: string): Promise<boolean> {
  await settleWaiting(sql, [ticketId, otherId]);
  return (await owingTickets(sql, [ticketId])).has(ticketId);
}
