import type { Sql } from '#channels';
import { assign, isPaused, recordHands, type AssignmentResult } from './assign.js';
import { holdTicket, type HeldTicket } from './hold.js';
import { requeueWork } from './queue-work.js';
import { recordWork } from './record-work.js';

export type OfferAnswered =
  | { outcome: 'accepted'; ticket: HeldTicket; agentId: string }
  | { outcome: 'declined'; ticket: HeldTicket; agentId: string }
  | { outcome: 'already_taken'; ownerId: string | null }
  /** It ran out, or was taken back. */
  | { outcome: 'over' }
  /** It was put to several, and this one has no room for it any more. */
  | { outcome: 'full' }
  | { outcome: 'absent' };

interface Answer {
  offerId: string;
  agentId: string;
}

/** The ticket that an offer to this agent is about. */
const ticketOfOffer = `
select w.ticket_id as "ticketId", true as "isExclusive" from assignment a join work_item w on w.id = a.work_item_id
where a.id = $1 and a.agent_id = $2
union all
select w.ticket_id, false from work_broadcast b join work_item w on w.id = b.work_item_id where b.id = $1 and b.agent_id = $2`;

/** The agent says yes. Saying it again changes nothing. */
export async function acceptOffer(sql: Sql, answer: Answer): Promise<OfferAnswered> {
  const [found] = await sql.query<{ ticketId: string; isExclusive: boolean }>(ticketOfOffer, [
    answer.offerId,
    answer.agentId,
  ]);
  const ticket = found ? await holdTicket(sql, found.ticketId) : null;
  if (!found || !ticket) {
    return { outcome: 'absent' };
  }
  if (ticket.ownerId === answer.agentId) {
    return { outcome: 'accepted', ticket, agentId: answer.agentId };
  }
  const result = found.isExclusive ? await acceptOwn(sql, ticket, answer) : await acceptFirst(sql, ticket, answer);
  if (result.outcome === 'accepted') {
    await sql.query('update agent set missed_offers = 0 where id = $1 and missed_offers > 0', [answer.agentId]);
  }
  return result;
}

async function acceptOwn(sql: Sql, ticket: HeldTicket, { offerId, agentId }: Answer): Promise<OfferAnswered> {
  const taken = await sql.query(
    `update assignment set state = 'accepted', accepted_at = clock_timestamp(), units = case when $3 then 0 else units end
     where id = $1 and agent_id = $2 and state = 'offered' and expires_at > clock_timestamp() returning id`,
    [offerId, agentId, isPaused(ticket)],
  );
  if (taken.length === 0) {
    return tooLate(ticket);
  }
  await sql.query(
    `update work_item set state = 'assigned', excluded_agents = '{}' where ticket_id = $1 and state = 'offered'`,
    [ticket.id],
  );
  await sql.query(
    `update ticket set owner_id = $2, state = case when state = 'new' then 'open' else state end where id = $1`,
    [ticket.id, agentId],
  );
  await recordWork(sql, ticket, {
    type: 'work.accepted',
    by: agentId,
    payload: { agentId, assignmentId: offerId, auto: false },
  });
  await recordHands(sql, ticket, agentId, agentId);
  return { outcome: 'accepted', ticket, agentId };
}

async function acceptFirst(sql: Sql, ticket: HeldTicket, { offerId, agentId }: Answer): Promise<OfferAnswered> {
  const live = await sql.query(
    'select 1 from work_broadcast where id = $1 and declined_at is null and expires_at > clock_timestamp()',
    [offerId],
  );
  if (live.length === 0) {
    return tooLate(ticket);
  }
  const result = await assign(sql, {
    ticketId: ticket.id,
    agentId,
    expectedOwnerId: null,
    by: agentId,
    withinCapacity: true,
    endReason: 'transferred',
    decision: { auto: false, why: 'broadcast' },
  });
  return answeredBy(result, agentId);
}

function answeredBy(result: AssignmentResult, agentId: string): OfferAnswered {
  switch (result.outcome) {
    case 'assigned':
      return { outcome: 'accepted', ticket: result.ticket, agentId };
    case 'finished':
      return { outcome: 'over' };
    case 'already_taken':
    case 'full':
    case 'absent':
      return result;
  }
}

function tooLate({ ownerId }: HeldTicket): OfferAnswered {
  return ownerId === null ? { outcome: 'over' } : { outcome: 'already_taken', ownerId };
}

/** The agent says no: the router passes them over from now on. */
export async function declineOffer(sql: Sql, answer: Answer & { reason: string }): Promise<OfferAnswered> {
  const { offerId, agentId, reason } = answer;
  const [found] = await sql.query<{ ticketId: string; isExclusive: boolean }>(ticketOfOffer, [offerId, agentId]);
  const ticket = found ? await holdTicket(sql, found.ticketId) : null;
  if (!found || !ticket) {
    return { outcome: 'absent' };
  }
  const ended = await sql.query(
    found.isExclusive ? endOne : declineOne,
    found.isExclusive ? [offerId, 'declined', reason] : [offerId],
  );
  if (ended.length === 0) {
    return { outcome: 'over' };
  }
  const payload = { agentId, assignmentId: offerId, reason };
  await recordWork(sql, ticket, { type: 'work.declined', by: agentId, payload });
  if (found.isExclusive && ticket.work) {
    await requeueWork(sql, ticket.work.id, { exclude: agentId, keeps: true, reason: 'declined', by: agentId });
  }
  return { outcome: 'declined', ticket, agentId };
}

const endOne = `
update assignment set state = $2, ended_at = clock_timestamp(), end_reason = $3
where id = $1 and state = 'offered' and expires_at > clock_timestamp() returning id`;
const declineOne = `
update work_broadcast set declined_at = clock_timestamp()
where id = $1 and declined_at is null and expires_at > clock_timestamp() returning id`;
