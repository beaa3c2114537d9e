import type { Sql } from '#channels';
import { endHold } from '../work/assign.js';
import { lockAgents } from '../work/agent-load.js';
import { holdTicket, type HeldTicket } from '../work/hold.js';
import { moveWork, openWork, rerankTicket } from '../work/queue-work.js';
import type { QueuedReason } from '../work/record-work.js';
import { mayMove, reopenWindowMs, type TicketState } from './ticket-state.js';

/** What somebody wants to change of a ticket. `version` is the one they saw. */
export interface TicketChange {
  ticketId: string;
  version: number;
  state?: TicketState;
  priority?: 1 | 2 | 3 | 4;
  subject?: string;
  tags?: string[];
  queueId?: string;
  /** The agent, or null for the hub itself. */
  by: string | null;
  /** Why it waits in another queue from now on; 'moved' unless said otherwise. */
  reason?: QueuedReason;
}

export type TicketChanged =
  | { outcome: 'changed'; ticket: HeldTicket; queued: string | null; freedAgent: string | null }
  | { outcome: 'stale' }
  | { outcome: 'illegal'; from: TicketState; to: TicketState }
  | { outcome: 'absent' };

/**
 * Changes a ticket and the work behind it as one: solving ends the work and frees its agent, reopening and moving to another
 * queue put it in line again. Nothing changes when somebody else changed the ticket first.
 */
export async function changeTicket(sql: Sql, change: TicketChange): Promise<TicketChanged> {
  const ticket = await holdTicket(sql, change.ticketId);
  if (!ticket) {
    return { outcome: 'absent' };
  }
  if (ticket.version !== change.version) {
    return { outcome: 'stale' };
  }
  const to = change.state ?? ticket.state;
  return ticket.state === 'closed' || !mayMove(ticket.state, to)
    ? { outcome: 'illegal', from: ticket.state, to }
    : changeHeld(sql, ticket, change, to);
}

async function changeHeld(sql: Sql, ticket: HeldTicket, change: TicketChange, to: TicketState): Promise<TicketChanged> {
  const queued = await followWith(sql, ticket, change, to);
  await write(sql, ticket, change, { state: to, ownerId: queued === null ? ticket.ownerId : null });
  if (change.priority !== undefined && change.priority !== ticket.priority) {
    await rerankTicket(sql, ticket.id, { reason: 'priority' });
  }
  const frees = queued !== null || standingStill.has(to);
  return { outcome: 'changed', ticket, queued, freedAgent: (frees && ticket.assignment?.agentId) || null };
}

/** A ticket in these states takes nothing of its agent. */
const standingStill: ReadonlySet<TicketState> = new Set(['solved', 'pending', 'on_hold']);

/** What a change of state or queue does to the work behind the ticket. */
type WorkMove = 'stays' | 'ends' | 'begins anew' | 'waits elsewhere';

function decideMove(ticket: HeldTicket, to: TicketState, queueId: string): WorkMove {
  if (to === 'solved' || to === 'closed') {
    return ticket.state === 'solved' ? 'stays' : 'ends';
  }
  if (ticket.state === 'solved') {
    return 'begins anew';
  }
  return queueId === ticket.queueId ? 'stays' : 'waits elsewhere';
}

/** Returns the queue that the ticket's work now waits in, or null when it waits nowhere anew. */
async function followWith(sql: Sql, ticket: HeldTicket, change: TicketChange, to: TicketState): Promise<string | null> {
  const queueId = change.queueId ?? ticket.queueId;
  switch (decideMove(ticket, to, queueId)) {
    case 'stays':
      return null;
    case 'ends':
      await endWork(sql, ticket);
      return null;
    case 'begins anew':
      await openWork(
        sql,
        { id: ticket.id, queueId },
        { preferredAgent: ticket.ownerId, reason: 'reopened', by: change.by },
      );
      return queueId;
    case 'waits elsewhere':
      await lockAgents(sql, [ticket.assignment?.agentId]);
      await endHold(sql, ticket, 'transferred');
      await waitIn(sql, ticket, queueId, change);
      return queueId;
  }
}

async function endWork(sql: Sql, ticket: HeldTicket): Promise<void> {
  await endHold(sql, ticket, 'solved');
  await sql.query(`update work_item set state = 'done', ended_at = clock_timestamp() where id = $1`, [
    ticket.work?.id ?? null,
  ]);
  if (ticket.work) {
    await sql.query('delete from work_broadcast where work_item_id = $1', [ticket.work.id]);
  }
}

async function waitIn(
  sql: Sql,
  ticket: HeldTicket,
  queueId: string,
  { by, reason = 'moved' }: TicketChange,
): Promise<void> {
  if (ticket.work) {
    await moveWork(sql, ticket.work.id, { queueId, reason, by });
  } else {
    await openWork(sql, { id: ticket.id, queueId }, { reason, by });
  }
}

async function write(
  sql: Sql,
  ticket: HeldTicket,
  change: TicketChange,
  result: { state: TicketState; ownerId: string | null },
): Promise<void> {
  const { state, ownerId } = result;
  await sql.query(
    `update ticket
     set state = $2, owner_id = $3, priority = $4, subject = $5, tags = $6, queue_id = $7,
         solved_at = case when $2 in ('solved', 'closed') then coalesce(solved_at, clock_timestamp()) end,
         reopen_until = case when $2 = 'solved' then coalesce(reopen_until, clock_timestamp() + $8 * interval '1 millisecond') end,
         closed_at = case when $2 = 'closed' then clock_timestamp() end
     where id = $1`,
    [
      ticket.id,
      state,
      ownerId,
      change.priority ?? ticket.priority,
      change.subject ?? ticket.subject,
      change.tags ?? ticket.tags,
      change.queueId ?? ticket.queueId,
      reopenWindowMs,
    ],
  );
  await sql.query(
    `insert into event_log (type, conversation_id, subject_id, actor_id, payload) values ('ticket.changed', $1, $2, $3, jsonb_build_object('from', $4::text, 'to', $5::text))`,
    [ticket.conversationId, ticket.id, change.by, ticket.state, state],
  );
}
