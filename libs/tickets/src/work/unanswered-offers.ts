import type { Sql } from '#channels';
import { holdTicket, type HeldTicket } from './hold.js';
import { requeueWork } from './queue-work.js';
import { recordWork } from './record-work.js';

/** Offers in a row that somebody lets run out before the hub believes that they are away. */
const missesUntilAway = 2;

/** An offer that is to end without an answer. */
export interface DueOffer {
  id: string;
  ticketId: string;
}

/** An offer that ended without an answer. */
export interface UnansweredOffer {
  ticket: HeldTicket;
  agentId: string;
  /** The agent let too many run out and counts as away now. */
  isAway: boolean;
}

/** Offers whose time is up by the database's clock, the longest overdue first. */
export async function listExpiredOffers(sql: Sql, limit: number): Promise<DueOffer[]> {
  return sql.query<DueOffer & Record<string, unknown>>(
    `select a.id, w.ticket_id as "ticketId" from assignment a join work_item w on w.id = a.work_item_id
     where a.state = 'offered' and a.expires_at <= clock_timestamp() order by a.expires_at limit $1`,
    [limit],
  );
}

/** A page that is loaded again has left and is back within this time, and its agent was never away. */
const reloadSecs = 5;

/** From when on agent `g` does not answer what they were asked: null while they are there. */
export const goneAt = `
case when g.status <> 'online' or g.disabled_at is not null then to_timestamp(0)
     when exists (select 1 from agent_presence p where p.agent_id = g.id and p.lease_until > clock_timestamp()) then null
     else coalesce(g.left_at + interval '${reloadSecs} seconds', to_timestamp(0)) end`;

const isGone = `coalesce(${goneAt} <= clock_timestamp(), false)`;

/** Offers to agents who are not there any more; of one agent, or of all. */
export async function listLostOffers(sql: Sql, agentId: string | null): Promise<DueOffer[]> {
  return sql.query<DueOffer & Record<string, unknown>>(
    `select a.id, w.ticket_id as "ticketId" from assignment a join work_item w on w.id = a.work_item_id join agent g on g.id = a.agent_id
     where a.state = 'offered' and ($1::uuid is null or a.agent_id = $1) and ${isGone}`,
    [agentId],
  );
}

/**
 * Ends an offer whose time is up. It counts as missed, but for a call: whether a phone rang is for its provider to say, and whoever was
 * never rung has missed nothing. Null where it was answered meanwhile.
 */
export async function expireOffer(sql: Sql, offer: DueOffer): Promise<UnansweredOffer | null> {
  const ended = await endUnanswered(sql, offer, {
    state: 'expired',
    reason: 'expired',
    still: 'expires_at <= clock_timestamp()',
  });
  return ended && missed(sql, offer, ended, null);
}

/** `phone`: why the phone gave no answer; null where nobody answered in the console. */
async function missed(
  sql: Sql,
  offer: DueOffer,
  { ticket, agentId, workId }: EndedOffer,
  phone: Unanswered | null,
): Promise<UnansweredOffer> {
  const payload = { agentId, assignmentId: offer.id, ...(phone && { reason: `phone_${phone}` }) };
  await recordWork(sql, ticket, { type: 'work.expired', payload });
  await requeueWork(sql, workId, { exclude: agentId, keeps: true, reason: 'expired', by: null });
  const isUnheard = phone === null && ticket.work?.class === 'voice';
  const isAway = !isUnheard && (await countMiss(sql, agentId));
  if (isAway) {
    await recordWork(sql, ticket, { type: 'agent.away', payload: { agentId, reason: 'no_answer' } });
  }
  return { ticket, agentId, isAway };
}

/** Why somebody's phone gave no answer. */
export type Unanswered = 'no_answer' | 'busy' | 'failed';

/**
 * Ends an offer that somebody's phone rang for in vain, before its time is up: the phone system knows. It counts as missed. Null where it
 * was answered or ended otherwise.
 */
export async function missOffer(sql: Sql, offer: DueOffer, phone: Unanswered): Promise<UnansweredOffer | null> {
  const ended = await endUnanswered(sql, offer, { state: 'expired', reason: phone, still: 'true' });
  return ended && missed(sql, offer, ended, phone);
}

/** Takes back an offer to somebody who is gone. They did not miss it, and may be asked again. Null where they are there after all. */
export async function revokeLostOffer(sql: Sql, offer: DueOffer): Promise<UnansweredOffer | null> {
  const still = `exists (select 1 from agent g where g.id = assignment.agent_id and ${isGone})`;
  const ended = await endUnanswered(sql, offer, { state: 'revoked', reason: 'agent_lost', still });
  if (!ended) {
    return null;
  }
  const { ticket, agentId, workId } = ended;
  await recordWork(sql, ticket, {
    type: 'work.revoked',
    payload: { agentId, assignmentId: offer.id, reason: 'agent_lost' },
  });
  await requeueWork(sql, workId, { exclude: null, keeps: true, reason: 'agent_lost', by: null });
  return { ticket, agentId, isAway: false };
}

interface EndedOffer {
  ticket: HeldTicket;
  agentId: string;
  workId: string;
}

async function endUnanswered(
  sql: Sql,
  offer: DueOffer,
  { state, reason, still }: { state: 'expired' | 'revoked'; reason: string; still: string },
): Promise<EndedOffer | null> {
  const ticket = await holdTicket(sql, offer.ticketId);
  if (!ticket?.work || ticket.assignment?.id !== offer.id) {
    return null;
  }
  const ended = await sql.query(
    `update assignment set state = $2, ended_at = clock_timestamp(), end_reason = $3 where id = $1 and state = 'offered' and ${still} returning id`,
    [offer.id, state, reason],
  );
  return ended.length === 0 ? null : { ticket, agentId: ticket.assignment.agentId, workId: ticket.work.id };
}

/** Whether the agent counts as away with this one. */
async function countMiss(sql: Sql, agentId: string): Promise<boolean> {
  const [agent] = await sql.query<{ missed: number; status: string }>(
    'update agent set missed_offers = missed_offers + 1 where id = $1 returning missed_offers as missed, status',
    [agentId],
  );
  if (!agent || agent.missed < missesUntilAway || agent.status !== 'online') {
    return false;
  }
  await sql.query(
    `update agent set status = 'away', status_reason = 'no_answer', status_by = null, status_words = '' where id = $1`,
    [agentId],
  );
  return true;
}

/** A question to several that ended for one of them. */
export interface EndedQuestion {
  id: string;
  agentId: string;
  queueId: string;
  isExpired: boolean;
}

/** Ends the questions to several whose time is up, or whose agents are gone: their work may be asked about again. */
export async function endQuestions(sql: Sql): Promise<EndedQuestion[]> {
  return sql.query<EndedQuestion & Record<string, unknown>>(
    `delete from work_broadcast b using work_item w
     where w.id = b.work_item_id and b.ctid = any (array(
       select due.ctid from work_broadcast due join agent g on g.id = due.agent_id
       where due.declined_at is null and (due.expires_at <= clock_timestamp() or ${isGone}) for update of due skip locked))
     returning b.id, b.agent_id as "agentId", w.queue_id as "queueId", b.expires_at <= clock_timestamp() as "isExpired"`,
  );
}
