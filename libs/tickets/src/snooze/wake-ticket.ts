import type { Sql } from '#channels';
import { holdTicket, type HeldTicket } from '../work/hold.js';
import { openWork } from '../work/queue-work.js';

/** What woke a ticket: its time, its customer, an agent, another queue that has it now, or that it was solved. */
export type WakeReason = 'time' | 'reply' | 'agent' | 'moved' | 'solved';

export interface Woken {
  /** As it was when it was locked. */
  ticket: HeldTicket;
  reason: WakeReason;
  /** The queue that it waits in from now on; null: its owner has it, or there is nothing to do. */
  queued: string | null;
}

/** Sleeps that are over by the database's clock, the longest overdue first. */
export async function listDueSnoozes(sql: Sql, limit: number): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    'select ticket_id as id from ticket_snooze where due_at <= clock_timestamp() order by due_at limit $1',
    [limit],
  );
  return rows.map(({ id }) => id);
}

interface EndedSnooze {
  woken_by: 'reply' | 'moved' | 'solved' | null;
}

/**
 * Wakes a ticket whose sleep is over, or finishes what woke it before its time. Null where nothing is due any more: another node was
 * faster, or somebody put it to sleep again. Of several who try at once one does it.
 */
export async function wakeDueTicket(sql: Sql, ticketId: string): Promise<Woken | null> {
  const ticket = await holdTicket(sql, ticketId);
  const [ended] = await sql.query<EndedSnooze & Record<string, unknown>>(
    'delete from ticket_snooze where ticket_id = $1 and due_at <= clock_timestamp() returning woken_by',
    [ticketId],
  );
  return ticket && ended ? wake(sql, ticket, ended.woken_by ?? 'time', null) : null;
}

/** Wakes a ticket for an agent, whatever it waits for. Null: it does not sleep. */
export async function wakeTicket(
  sql: Sql,
  { ticketId, by }: { ticketId: string; by: string | null },
): Promise<Woken | null> {
  const ticket = await holdTicket(sql, ticketId);
  const gone = await sql.query('delete from ticket_snooze where ticket_id = $1 and woken_by is null returning 1', [
    ticketId,
  ]);
  return ticket && gone.length > 0 ? wake(sql, ticket, 'agent', by) : null;
}

async function wake(sql: Sql, ticket: HeldTicket, reason: WakeReason, by: string | null): Promise<Woken> {
  // It comes up in its lists as if somebody had just written, and its days without an answer are counted from here.
  await sql.query(
    'update ticket set snoozed_until = null, last_message_at = clock_timestamp() where id = $1 and snoozed_until is not null',
    [ticket.id],
  );
  await sql.query(
    `insert into event_log (type, conversation_id, subject_id, actor_id, payload) values ('ticket.woken', $1, $2, $3, jsonb_build_object('reason', $4::text))`,
    [ticket.conversationId, ticket.id, by, reason],
  );
  const isDone = ticket.state === 'solved' || ticket.state === 'closed';
  if (isDone || ticket.work !== null) {
    return { ticket, reason, queued: null };
  }
  await openWork(
    sql,
    { id: ticket.id, queueId: ticket.queueId },
    { preferredAgent: ticket.ownerId, reason: 'woken', by },
  );
  return { ticket, reason, queued: ticket.queueId };
}
