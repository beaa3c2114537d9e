import { v7 as uuid } from 'uuid';
import type { Sql } from '#channels';
import type { PickedWork } from '../routing/pick-work.js';
import { lockAgents, mayHaveWork } from './agent-load.js';
import { refusalOf, type Refusal } from './assign.js';
import { holdTicket, type HeldTicket } from './hold.js';
import { recordWork } from './record-work.js';

/** How long several are asked where the queue does not say it, in seconds. */
const broadcastSecs = 60;

/** A question that was put: to one agent, for whom the room is kept, or to several at once. */
export interface MadeOffers {
  outcome: 'offered';
  ticket: HeldTicket;
  offers: { id: string; agentId: string }[];
}

type Found = Record<string, unknown> & { id: string };

/** What is on record of a choice. */
export function decisionOf({
  strategy,
  why,
  agentIds,
  candidates,
  waitedMs,
  ahead,
}: PickedWork): Record<string, unknown> {
  return { strategy, why, eligible: agentIds.length, candidates, waitedMs, ahead };
}

/** Asks the best agent of a match, or all of them. The queue's lock must be held; what changed since the look refuses it. */
export async function offerWork(sql: Sql, picked: PickedWork): Promise<MadeOffers | Refusal> {
  const ticket = await holdTicket(sql, picked.ticketId);
  if (!ticket) {
    return { outcome: 'absent' };
  }
  const agentId = picked.agentIds[0] ?? null;
  const refusal = refusalOf(ticket, { agentId, expectedOwnerId: null, waitingIn: picked.queueId });
  if (refusal || agentId === null) {
    return refusal ?? { outcome: 'full' };
  }
  return picked.strategy === 'broadcast' ? askAll(sql, ticket, picked) : askOne(sql, ticket, { ...picked, agentId });
}

async function askOne(
  sql: Sql,
  ticket: HeldTicket,
  picked: PickedWork & { agentId: string },
): Promise<MadeOffers | Refusal> {
  const { workId, agentId, acceptSecs } = picked;
  await lockAgents(sql, [agentId]);
  if (!(await mayHaveWork(sql, agentId, { workId, as: 'routed' }))) {
    return { outcome: 'full' };
  }
  return ask(sql, ticket, { workId, agentId, acceptSecs, by: null, decision: decisionOf(picked) });
}

/** How long somebody is asked whom a colleague named, where the queue does not say it, in seconds. */
const namedSecs = 30;

/**
 * Asks the agent whom somebody named, whatever queues are theirs. The ticket must wait; where they cannot have it, it waits on. Whoever
 * does not take it is passed over like anybody else.
 */
export async function offerTo(
  sql: Sql,
  { ticketId, agentId, by }: { ticketId: string; agentId: string; by: string },
): Promise<MadeOffers | Refusal> {
  const ticket = await holdTicket(sql, ticketId);
  if (!ticket) {
    return { outcome: 'absent' };
  }
  if (ticket.work?.state !== 'queued') {
    return { outcome: 'already_taken', ownerId: ticket.ownerId };
  }
  const workId = ticket.work.id;
  await lockAgents(sql, [agentId]);
  if (!(await mayHaveWork(sql, agentId, { workId, as: 'named' }))) {
    return { outcome: 'full' };
  }
  const [queue] = await sql.query<{ secs: number | null }>('select accept_secs as secs from queue where id = $1', [
    ticket.queueId,
  ]);
  const acceptSecs = queue?.secs ?? namedSecs;
  return ask(sql, ticket, { workId, agentId, acceptSecs, by, decision: { why: 'by_hand' } });
}

interface Question {
  workId: string;
  agentId: string;
  acceptSecs: number | null;
  by: string | null;
  /** Why it is them, for the record. */
  decision: Record<string, unknown>;
}

/** The agent is locked, and can have it. */
async function ask(
  sql: Sql,
  ticket: HeldTicket,
  { workId, agentId, acceptSecs, by, decision }: Question,
): Promise<MadeOffers> {
  const id = uuid();
  const [offer] = await sql.query<Found & { expires_at: Date }>(
    `insert into assignment (id, work_item_id, agent_id, state, expires_at, units)
     select $1, w.id, $3, 'offered', clock_timestamp() + $4 * interval '1 second', w.weight from work_item w where w.id = $2
     returning id, expires_at`,
    [id, workId, agentId, acceptSecs],
  );
  await sql.query(`update work_item set state = 'offered' where id = $1`, [workId]);
  const payload = { agentId, assignmentId: id, expiresAt: offer?.expires_at, ...decision };
  await recordWork(sql, ticket, { type: 'work.offered', by, payload });
  return { outcome: 'offered', ticket, offers: [{ id, agentId }] };
}

async function askAll(sql: Sql, ticket: HeldTicket, picked: PickedWork): Promise<MadeOffers> {
  const offers = picked.agentIds.map((agentId) => ({ id: uuid(), agentId }));
  const [asked] = await sql.query<Found & { expires_at: Date }>(
    `insert into work_broadcast (id, work_item_id, agent_id, expires_at)
     select o.id, $2, o."agentId", clock_timestamp() + $3 * interval '1 second' from jsonb_to_recordset($1::jsonb) as o(id uuid, "agentId" uuid)
     returning id, expires_at`,
    [JSON.stringify(offers), picked.workId, picked.acceptSecs ?? broadcastSecs],
  );
  const payload = { agentId: null, assignmentId: null, expiresAt: asked?.expires_at, ...decisionOf(picked) };
  await recordWork(sql, ticket, { type: 'work.offered', payload });
  return { outcome: 'offered', ticket, offers };
}
