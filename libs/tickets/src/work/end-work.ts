import type { Sql } from '#channels';
import { endHold } from './assign.js';
import type { HeldTicket } from './hold.js';

/** Ends the routing life of a ticket, if it has one, and whatever somebody has of it. */
export async function endWork(sql: Sql, ticket: HeldTicket, reason: 'solved' | 'merged' | 'snoozed'): Promise<void> {
  await endHold(sql, ticket, reason);
  await sql.query(`update work_item set state = 'done', ended_at = clock_timestamp() where id = $1`, [
    ticket.work?.id ?? null,
  ]);
  if (ticket.work) {
    await sql.query('delete from work_broadcast where work_item_id = $1', [ticket.work.id]);
  }
}
