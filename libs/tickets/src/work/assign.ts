import { v7 as uuid } from 'uuid';
import type { Sql } from '#channels';
import { loadAgent, unloadAgent } from './agent-load.js';
import { holdTicket, type HeldTicket } from './hold.js';

/** Who should hold a ticket, and who the caller believes holds it now. */
export interface AssignmentWish {
  ticketId: string;
  /** null gives the ticket back to its queue. */
  agentId: string | null;
  expectedOwnerId: string | null;
  /** The agent who wishes it; null for the router. */
  by: string | null;
  /**
   * The queue that the ticket must still wait in, and that the agent must still be there for; for matching, which picked both before
   * it had the locks.
   */
  waitingIn?: string;
  /** Refuse when it does not fit in the agent's capacity. */
  withinCapacity: boolean;
  /** How the hold before ends. */
  endReason: 'transferred' | 'released' | 'agent_left';
}

export type AssignmentResult =
  | { outcome: 'assigned'; ticket: HeldTicket; agentId: string | null }
  | { outcome: 'already_taken'; ownerId: string | null }
  /** The agent cannot take it: full, disabled, or, for matching, not there for this queue any more. */
  | { outcome: 'full' }
  | { outcome: 'finished' }
  | { outcome: 'absent' };

/**
 * The one place where a ticket changes hands: by the router, a click, a rule or the API. It locks, compares the owner with the
 * one expected and refuses what is stale, so of two who want the same ticket one wins and the other hears who.
 */
export async function assign(sql: Sql, wish: AssignmentWish): Promise<AssignmentResult> {
  const ticket = await holdTicket(sql, wish.ticketId);
  if (!ticket) {
    return { outcome: 'absent' };
  }
  return refusalOf(ticket, wish) ?? place(sql, ticket, wish);
}

/** What the lock shows to be different from what the caller saw; null when the wish can be granted. */
function refusalOf(ticket: HeldTicket, wish: AssignmentWish): AssignmentResult | null {
  if (ticket.state === 'solved' || ticket.state === 'closed') {
    return { outcome: 'finished' };
  }
  if (ticket.ownerId !== wish.expectedOwnerId || !isStillWaiting(ticket, wish)) {
    return { outcome: 'already_taken', ownerId: ticket.ownerId };
  }
  const isThere = ticket.ownerId === wish.agentId && ticket.work !== null;
  return isThere ? { outcome: 'assigned', ticket, agentId: wish.agentId } : null;
}

function isStillWaiting({ queueId, work }: HeldTicket, { waitingIn, agentId }: AssignmentWish): boolean {
  if (waitingIn === undefined) {
    return true;
  }
  return queueId === waitingIn && work?.state === 'queued' && !work.excluded.includes(agentId ?? '');
}

async function place(sql: Sql, ticket: HeldTicket, wish: AssignmentWish): Promise<AssignmentResult> {
  const weight = ticket.work?.weight ?? 5;
  const terms = { withinCapacity: wish.withinCapacity, readyFor: wish.waitingIn ?? null };
  if (wish.agentId !== null && !(await loadAgent(sql, wish.agentId, weight, terms))) {
    return { outcome: 'full' };
  }
  await endHold(sql, ticket, wish.endReason);
  const workId = ticket.work?.id ?? (await openWork(sql, ticket));
  await move(sql, workId, ticket, wish);
  if (wish.agentId !== null) {
    await sql.query(
      `insert into assignment (id, work_item_id, agent_id, state, accepted_at) values ($1, $2, $3, 'accepted', clock_timestamp())`,
      [uuid(), workId, wish.agentId],
    );
  }
  await sql.query(
    `update ticket set owner_id = $2, state = case when state = 'new' and $2::uuid is not null then 'open' else state end where id = $1`,
    [ticket.id, wish.agentId],
  );
  await sql.query(
    `insert into event_log (type, conversation_id, subject_id, actor_id, payload) values ($1, $2, $3, $4, jsonb_build_object('from', $5::uuid, 'to', $6::uuid))`,
    [
      wish.agentId === null ? 'ticket.released' : 'ticket.assigned',
      ticket.conversationId,
      ticket.id,
      wish.by,
      ticket.ownerId,
      wish.agentId,
    ],
  );
  return { outcome: 'assigned', ticket, agentId: wish.agentId };
}

/**
 * An agent who puts their own ticket back has declined it: the router gives it to anybody but them. Whoever takes it next starts the
 * list of those who declined anew.
 */
async function move(sql: Sql, workId: string, ticket: HeldTicket, wish: AssignmentWish): Promise<void> {
  const declined = wish.agentId === null && wish.by !== null && wish.by === ticket.ownerId ? wish.by : null;
  await sql.query(
    `update work_item
     set state = $2, excluded_agents = case when $3::uuid is null then '{}' else array_append(excluded_agents, $3) end
     where id = $1`,
    [workId, wish.agentId === null ? 'queued' : 'assigned', declined],
  );
}

/** Ends the live hold of a ticket, if there is one, and frees its agent. */
export async function endHold(sql: Sql, { work, assignment }: HeldTicket, reason: string): Promise<void> {
  if (!work || !assignment) {
    return;
  }
  await sql.query(
    `update assignment set state = 'ended', ended_at = clock_timestamp(), end_reason = $2 where id = $1`,
    [assignment.id, reason],
  );
  await unloadAgent(sql, assignment.agentId, work.weight);
}

/** A routing life for a ticket that has none: it was opened by hand, or its last one ended. Ready to be queued or assigned. */
export async function openWork(
  sql: Sql,
  ticket: Pick<HeldTicket, 'id' | 'queueId'>,
  preferredAgent: string | null = null,
): Promise<string> {
  const id = uuid();
  await sql.query(
    `insert into work_item (id, ticket_id, queue_id, class, weight, state, preferred_agent, enqueued_at, rank_at)
     values ($1, $2, $3, 'async', 5, 'queued', $4, now(), now())`,
    [id, ticket.id, ticket.queueId, preferredAgent],
  );
  return id;
}
