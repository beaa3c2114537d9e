import { v7 as uuid } from 'uuid';
import type { Sql, Statement } from '#channels';
import { lockAgents, mayHaveWork, type WorkTerms } from './agent-load.js';
import { holdTicket, type HeldTicket } from './hold.js';
import { openWork, requeueWork } from './queue-work.js';
import { recordWork } from './record-work.js';

/** Parameters: ticket, agent or null. */
const own: Statement = {
  name: 'assign-own',
  text: `update ticket set owner_id = $2, state = case when state = 'new' and $2::uuid is not null then 'open' else state end where id = $1`,
};

const take: Statement = {
  name: 'assign-take',
  text: `update work_item set state = 'assigned', excluded_agents = '{}' where id = $1`,
};

/** Work of a ticket that sleeps begins anew when it wakes; until then nobody is given it. */
const rest: Statement = {
  name: 'assign-rest',
  text: `update work_item set state = 'done', ended_at = clock_timestamp() where id = $1`,
};

/** Parameters: assignment, work item, agent, whether the ticket stands still. */
const begin: Statement = {
  name: 'assign-begin',
  text: `
insert into assignment (id, work_item_id, agent_id, state, accepted_at, units)
select $1, w.id, $3, 'accepted', clock_timestamp(), case when $4 then 0 else w.weight end from work_item w where w.id = $2`,
};

const handsFact: Statement = {
  name: 'assign-fact',
  text: `
insert into event_log (type, conversation_id, subject_id, actor_id, payload)
values ($1, $2, $3, $4, jsonb_build_object('from', $5::uuid, 'to', $6::uuid))`,
};

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
  /** Why it was this agent, for the record; by hand unless said otherwise. */
  decision?: Record<string, unknown>;
}

export type AssignmentResult =
  | { outcome: 'assigned'; ticket: HeldTicket; agentId: string | null }
  | { outcome: 'already_taken'; ownerId: string | null }
  /** The agent cannot take it: full, disabled, or, for matching, not there for this queue any more. */
  | { outcome: 'full' }
  | { outcome: 'finished' }
  | { outcome: 'absent' };

export type Refusal = Exclude<AssignmentResult, { outcome: 'assigned' }>;

/**
 * The one place where a ticket changes hands: by the router, a click, a rule or the API. It locks, compares the owner with the
 * one expected and refuses what is stale, so of two who want the same ticket one wins and the other hears who.
 */
export async function assign(sql: Sql, wish: AssignmentWish): Promise<AssignmentResult> {
  const ticket = await holdTicket(sql, wish.ticketId);
  if (!ticket) {
    return { outcome: 'absent' };
  }
  const isThere = ticket.ownerId === wish.expectedOwnerId && ticket.ownerId === wish.agentId && ticket.work !== null;
  const refusal = refusalOf(ticket, wish);
  return refusal ?? (isThere ? { outcome: 'assigned', ticket, agentId: wish.agentId } : place(sql, ticket, wish));
}

/** What the lock shows to be different from what the caller saw; null when the wish can be granted. */
export function refusalOf(
  ticket: HeldTicket,
  wish: Pick<AssignmentWish, 'agentId' | 'expectedOwnerId' | 'waitingIn'>,
): Refusal | null {
  if (ticket.state === 'solved' || ticket.state === 'closed') {
    return { outcome: 'finished' };
  }
  return ticket.ownerId === wish.expectedOwnerId && isStillWaiting(ticket, wish)
    ? null
    : { outcome: 'already_taken', ownerId: ticket.ownerId };
}

function isStillWaiting(
  { queueId, work }: HeldTicket,
  { waitingIn, agentId }: Pick<AssignmentWish, 'agentId' | 'waitingIn'>,
): boolean {
  if (waitingIn === undefined) {
    return true;
  }
  return queueId === waitingIn && work?.state === 'queued' && !work.excluded.includes(agentId ?? '');
}

async function place(sql: Sql, ticket: HeldTicket, wish: AssignmentWish): Promise<AssignmentResult> {
  await lockAgents(sql, [wish.agentId, ticket.assignment?.agentId]);
  const workId = ticket.work?.id ?? null;
  if (wish.agentId !== null && !(await mayHaveWork(sql, wish.agentId, { workId, as: termsOf(wish) }))) {
    return { outcome: 'full' };
  }
  await endHold(sql, ticket, wish.endReason);
  if (wish.agentId === null && ticket.isAsleep) {
    await sql.query(rest, [workId]);
  } else {
    await hand(sql, ticket, workId ?? (await openWork(sql, ticket, { reason: null })), wish);
  }
  await sql.query(own, [ticket.id, wish.agentId]);
  await recordHands(sql, ticket, wish.agentId, wish.by);
  return { outcome: 'assigned', ticket, agentId: wish.agentId };
}

function termsOf({ waitingIn, withinCapacity }: AssignmentWish): WorkTerms {
  return waitingIn !== undefined ? 'routed' : withinCapacity ? 'accepted' : 'by_hand';
}

async function hand(sql: Sql, ticket: HeldTicket, workId: string, wish: AssignmentWish): Promise<void> {
  const { agentId } = wish;
  await (agentId === null ? putBack(sql, ticket, workId, wish) : give(sql, ticket, workId, { ...wish, agentId }));
}

async function give(
  sql: Sql,
  ticket: HeldTicket,
  workId: string,
  wish: AssignmentWish & { agentId: string },
): Promise<void> {
  const assignmentId = uuid();
  await sql.query(take, [workId]);
  await sql.query(begin, [assignmentId, workId, wish.agentId, isPaused(ticket)]);
  const decision = wish.decision ?? { auto: false, why: 'by_hand' };
  await recordWork(sql, ticket, {
    type: 'work.accepted',
    by: wish.by,
    payload: { agentId: wish.agentId, assignmentId, ...decision },
  });
}

/**
 * An agent who puts their own ticket back has declined it: the router gives it to anybody but them. Whoever takes it next starts the
 * list of those who declined anew.
 */
function putBack(sql: Sql, ticket: HeldTicket, workId: string, { by, endReason }: AssignmentWish): Promise<void> {
  return requeueWork(sql, workId, {
    exclude: by !== null && by === ticket.ownerId ? by : null,
    keeps: false,
    reason: endReason === 'agent_left' ? 'agent_lost' : 'released',
    by,
  });
}

/** A ticket that waits for its customer or a third party, or sleeps, takes nothing of its agent. */
export function isPaused({ state, isAsleep }: HeldTicket): boolean {
  return state === 'pending' || state === 'on_hold' || isAsleep;
}

/** Writes that a ticket changed hands. */
export async function recordHands(
  sql: Sql,
  ticket: HeldTicket,
  agentId: string | null,
  by: string | null,
): Promise<void> {
  const type = agentId === null ? 'ticket.released' : 'ticket.assigned';
  await sql.query(handsFact, [type, ticket.conversationId, ticket.id, by, ticket.ownerId, agentId]);
}

/** Ends whatever somebody has of a ticket's work: the live hold, an offer that is not answered yet, a question to several. */
export async function endHold(sql: Sql, ticket: HeldTicket, reason: string): Promise<void> {
  const { work, assignment } = ticket;
  if (work && work.asked.length > 0) {
    await sql.query(
      'update work_broadcast set declined_at = clock_timestamp() where work_item_id = $1 and declined_at is null',
      [work.id],
    );
  }
  if (!assignment) {
    return;
  }
  const isOffer = assignment.state === 'offered';
  await sql.query(`update assignment set state = $3, ended_at = clock_timestamp(), end_reason = $2 where id = $1`, [
    assignment.id,
    reason,
    isOffer ? 'revoked' : 'ended',
  ]);
  if (isOffer) {
    const payload = { agentId: assignment.agentId, assignmentId: assignment.id, reason };
    await recordWork(sql, ticket, { type: 'work.revoked', payload });
  }
}
