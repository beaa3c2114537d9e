import type { Sql } from '#channels';
import { hoursOfQueue } from '../calendars/read-hours.js';
import { lockAgents } from '../work/agent-load.js';
import { endWork } from '../work/end-work.js';
import { holdTicket, type HeldTicket } from '../work/hold.js';
import { wakeTime, type SnoozeMisfit, type SnoozeUntil } from './wake-time.js';

export interface SnoozeWish {
  ticketId: string;
  until: SnoozeUntil;
  /** The agent, or null for the hub itself. */
  by: string | null;
}

export type Snoozed =
  /** `wakesAt` null: a reply wakes it. `freedAgent` has room for other work now. */
  | { outcome: 'snoozed'; ticket: HeldTicket; wakesAt: Date | null; freedAgent: string | null }
  | { outcome: 'unfit'; why: SnoozeMisfit }
  /** A ticket that is solved or closed does not sleep. */
  | { outcome: 'finished' }
  | { outcome: 'absent' };

/**
 * Puts a ticket to sleep: it leaves the lists and nobody is given it until it wakes. Whoever has it keeps it, and it takes nothing of them;
 * where nobody has it, its work ends here and begins anew. One that sleeps already sleeps by the new wish.
 */
export async function snoozeTicket(sql: Sql, { ticketId, until, by }: SnoozeWish): Promise<Snoozed> {
  const ticket = await holdTicket(sql, ticketId);
  if (!ticket) {
    return { outcome: 'absent' };
  }
  if (ticket.state === 'solved' || ticket.state === 'closed') {
    return { outcome: 'finished' };
  }
  const wake = wakeTime(until, await databaseNow(sql), await hoursOfQueue(sql, ticket.queueId));
  if ('why' in wake) {
    return { outcome: 'unfit', why: wake.why };
  }
  await restWork(sql, ticket);
  await write(sql, ticket, { until, by, wakesAt: wake.wakesAt });
  return {
    outcome: 'snoozed',
    ticket,
    wakesAt: wake.wakesAt === null ? null : new Date(wake.wakesAt),
    freedAgent: ticket.assignment?.agentId ?? null,
  };
}

async function databaseNow(sql: Sql): Promise<number> {
  const [row] = await sql.query<{ now: number }>('select extract(epoch from clock_timestamp())::float8 * 1000 as now');
  return (row as { now: number }).now;
}

/** Work that nobody has taken would be given to somebody. */
async function restWork(sql: Sql, ticket: HeldTicket): Promise<void> {
  if (ticket.work === null || ticket.work.state === 'assigned') {
    return;
  }
  await lockAgents(sql, [ticket.assignment?.agentId]);
  await endWork(sql, ticket, 'snoozed');
}

async function write(
  sql: Sql,
  ticket: HeldTicket,
  { until, by, wakesAt }: { until: SnoozeUntil; by: string | null; wakesAt: number | null },
): Promise<void> {
  const kind = 'reply' in until ? 'reply' : 'at' in until ? 'at' : 'work_days';
  const workDays = 'workDays' in until ? until.workDays : null;
  await sql.query(
    `insert into ticket_snooze as s (ticket_id, kind, work_days, due_at, by_id) values ($1, $2, $3, to_timestamp($4::float8 / 1000), $5)
     on conflict (ticket_id) do update set kind = excluded.kind, work_days = excluded.work_days, due_at = excluded.due_at,
       woken_by = null, by_id = excluded.by_id, at = clock_timestamp()`,
    [ticket.id, kind, workDays, wakesAt, by],
  );
  await sql.query(
    `update ticket set snoozed_until = coalesce(to_timestamp($2::float8 / 1000), 'infinity') where id = $1`,
    [ticket.id, wakesAt],
  );
  await sql.query(
    `insert into event_log (type, conversation_id, subject_id, actor_id, payload) values ('ticket.snoozed', $1, $2, $3, $4)`,
    [
      ticket.conversationId,
      ticket.id,
      by,
      JSON.stringify({ kind, workDays, until: wakesAt === null ? null : new Date(wakesAt).toISOString() }),
    ],
  );
}
