import type { Sql } from '#channels';
import { endHold } from '../work/assign.js';
import { lockAgents } from '../work/agent-load.js';
import { endWork } from '../work/end-work.js';
import { holdTicket, type HeldTicket } from '../work/hold.js';
import { moveWork, openWork, rerankTicket } from '../work/queue-work.js';
import type { QueuedReason } from '../work/record-work.js';
import { mayMove, type TicketState } from './ticket-state.js';

/** What somebody wants to change of a ticket. `version` is the one they saw. */
export interface TicketChange {
  ticketId: string;
  version: number;
  state?: TicketState;
  /** One of the organisation's own names, by its id; it brings its state along. null: none. */
  stateNameId?: string | null;
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
  | { outcome: 'changed'; ticket: HeldTicket; to: TicketState; queued: string | null; freedAgent: string | null }
  | { outcome: 'stale' }
  | { outcome: 'illegal'; from: TicketState; to: TicketState }
  /** Its queue wants the children of a ticket solved before itself; the first of those that are not, by number. */
  | { outcome: 'children_open'; numbers: number[] }
  /** There is no such name of a state, not any more, or it is one of another state than the one wished. */
  | { outcome: 'unknown_name' }
  | { outcome: 'absent' };

/** What the ticket becomes. */
interface Wished {
  state: TicketState;
  nameId: string | null;
}

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
  const wished = await wishOf(sql, ticket, change);
  if (!wished) {
    return { outcome: 'unknown_name' };
  }
  if (ticket.state === 'closed' || !mayMove(ticket.state, wished.state)) {
    return { outcome: 'illegal', from: ticket.state, to: wished.state };
  }
  const numbers = wished.state === 'solved' && ticket.state !== 'solved' ? await openChildren(sql, ticket.id) : [];
  return numbers.length > 0 ? { outcome: 'children_open', numbers } : changeHeld(sql, ticket, change, wished);
}

/** A name that is not spoken of stays as long as its state does. null: the name does not fit. */
async function wishOf(sql: Sql, ticket: HeldTicket, change: TicketChange): Promise<Wished | null> {
  const state = change.state ?? ticket.state;
  if (change.stateNameId === undefined || change.stateNameId === null) {
    const stays = change.stateNameId === undefined && state === ticket.state;
    return { state, nameId: stays ? ticket.stateNameId : null };
  }
  const [name] = await sql.query<{ state: TicketState }>(
    'select state from ticket_state_name where id = $1 and (retired_at is null or id = $2) for key share',
    [change.stateNameId, ticket.stateNameId],
  );
  const fits = name && (change.state === undefined || change.state === name.state);
  return fits ? { state: name.state, nameId: change.stateNameId } : null;
}

/** Children that keep their parent from being solved; none where its queue does not mind. */
async function openChildren(sql: Sql, ticketId: string): Promise<number[]> {
  const rows = await sql.query<{ number: number }>(
    `select child.number from ticket parent join queue q on q.id = parent.queue_id and q.children_first
     join ticket child on child.parent_id = parent.id and child.state not in ('solved', 'closed')
     where parent.id = $1 order by child.number limit 5`,
    [ticketId],
  );
  return rows.map(({ number }) => number);
}

async function changeHeld(sql: Sql, ticket: HeldTicket, change: TicketChange, to: Wished): Promise<TicketChanged> {
  const queued = await followWith(sql, ticket, change, to.state);
  await write(sql, ticket, change, { ...to, ownerId: queued === null ? ticket.ownerId : null });
  await record(sql, ticket, change, to.state);
  if (change.priority !== undefined && change.priority !== ticket.priority) {
    await rerankTicket(sql, ticket.id, { reason: 'priority' });
  }
  const frees = queued !== null || standingStill.has(to.state);
  return {
    outcome: 'changed',
    ticket,
    to: to.state,
    queued,
    freedAgent: (frees && ticket.assignment?.agentId) || null,
  };
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
      await endWork(sql, ticket, 'solved');
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
  result: Wished & { ownerId: string | null },
): Promise<void> {
  const { state, nameId, ownerId } = result;
  await sql.query(
    `update ticket
     set state = $2, state_name_id = $8, owner_id = $3, priority = $4, subject = $5, tags = $6, queue_id = $7,
         solved_at = case when $2 in ('solved', 'closed') then coalesce(solved_at, clock_timestamp()) end,
         reopen_until = case when $2 = 'solved' then coalesce(
           reopen_until, clock_timestamp() + (select q.reopen_hours from queue q where q.id = $7) * interval '1 hour') end,
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
      nameId,
    ],
  );
}

async function record(sql: Sql, ticket: HeldTicket, { by }: TicketChange, to: TicketState): Promise<void> {
  await sql.query(
    `insert into event_log (type, conversation_id, subject_id, actor_id, payload) values ('ticket.changed', $1, $2, $3, jsonb_build_object('from', $4::text, 'to', $5::text))`,
    [ticket.conversationId, ticket.id, by, ticket.state, to],
  );
  if (ticket.state === 'solved' && to === 'open') {
    await sql.query(
      `insert into event_log (type, conversation_id, subject_id, actor_id, payload)
       values ('ticket.reopened', $1, $2, $3, jsonb_build_object('why', $4::text))`,
      [ticket.conversationId, ticket.id, by, by === null ? 'hub' : 'agent'],
    );
  }
}
