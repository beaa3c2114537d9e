import type { Sql } from '#channels';
import { changeTicket, type TicketChanged } from './change-ticket.js';

/** A solved ticket whose reopen window has passed, as a look without locks saw it. */
export interface DueTicket {
  id: string;
  version: number;
}

/** Tickets to close, the longest overdue first, on the database clock. `except` are those that this round was not able to close. */
export async function findDueTickets(sql: Sql, wish: { limit: number; except: string[] }): Promise<DueTicket[]> {
  return sql.query<DueTicket>(
    `select id, version from ticket
     where state = 'solved' and reopen_until <= clock_timestamp() and id <> all ($2::uuid[])
     order by reopen_until limit $1`,
    [wish.limit, wish.except],
  );
}

/**
 * Closes a ticket that was found due, for nobody in particular. Whatever happened to it since then (the customer wrote, an agent
 * reopened it, another node closed it) counted its version up, and it is left as it is: the answer is `stale`.
 */
export async function closeDueTicket(sql: Sql, due: DueTicket): Promise<TicketChanged> {
  return changeTicket(sql, { ticketId: due.id, version: due.version, state: 'closed', by: null });
}
