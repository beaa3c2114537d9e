import type { Sql } from '#channels';
import { endHold, openWork } from '../work/assign.js';
import { holdTicket, type HeldTicket } from '../work/hold.js';
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
  if (ticket.state === 'closed' || !mayMove(ticket.state, to)) {
    return { outcome: 'illegal', from: ticket.state, to };
  }
  const queued = await moveWork(sql, ticket, change, to);
  await write(sql, ticket, change, { state: to, ownerId: queued === null ? ticket.ownerId : null });
  const freedAgent = (to === 'solved' || queued !== null) && ticket.assignment ? ticket.assignment.agentId : null;
  return { outcome: 'changed', ticket, queued, freedAgent };
}

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
async function moveWork(sql: Sql, ticket: HeldTicket, change: TicketChange, to: TicketState): Promise<string | null> {
  const queueId = change.queueId ?? ticket.queueId;
  switch (decideMove(ticket, to, queueId)) {
    case 'stays':
      return null;
    case 'ends':
      await endHold(sql, ticket, 'solved');
      await sql.query(`update work_item set state = 'done', ended_at = clock_timestamp() where id = $1`, [
        ticket.work?.id ?? null,
      ]);
      return null;
    case 'begins anew':
      await openWork(sql, { id: ticket.id, queueId }, ticket.ownerId);
      return queueId;
    case 'waits elsewhere':
      await endHold(sql, ticket, 'transferred');
      await waitIn(sql, ticket, queueId);
      return queueId;
  }
}

async function waitIn(sql: Sql, ticket: HeldTicket, queueId: string): Promise<void> {
  if (!ticket.work) {
    await openWork(sql, { id: ticket.id, queueId });
    return;
  }
  await sql.query(`update work_item set state = 'queued', queue_id = $2, excluded_agents = '{}' where id = $1`, [
    ticket.work.id,
    queueId,
  ]);
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
