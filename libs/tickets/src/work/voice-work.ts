import type { Sql } from '#channels';
import { workSizes } from '../routing/work-class.js';
import { lockAgents } from './agent-load.js';
import { endHold, isPaused, recordHands } from './assign.js';
import { holdTicket, type HeldTicket } from './hold.js';
import { forgetBroadcast, openWork, startWaiting } from './queue-work.js';
import { recordQueued, recordWork } from './record-work.js';

const { voice, async: unhurried } = workSizes;

/**
 * Puts a ticket in line as a caller on the line: whatever work it had is a voice from now on, and waits since now. Whoever had the ticket
 * is asked first, and loses it to whoever answers. Work that is a voice already stays as it is.
 * @returns the ticket as it was when it was locked, with its work as it is now; null where there is none that can wait.
 */
export async function putOnLine(sql: Sql, ticketId: string): Promise<{ before: HeldTicket; now: HeldTicket } | null> {
  const before = await holdTicket(sql, ticketId);
  if (!before || before.state === 'solved' || before.state === 'closed') {
    return null;
  }
  if (before.work?.class === 'voice') {
    return { before, now: before };
  }
  await lockAgents(sql, [before.assignment?.agentId]);
  await endHold(sql, before, 'released');
  if (before.ownerId !== null) {
    await sql.query('update ticket set owner_id = null where id = $1', [before.id]);
    await recordHands(sql, before, null, null);
  }
  await sql.query(`update ticket set state = 'open' where id = $1 and state in ('pending', 'on_hold')`, [before.id]);
  await beginVoice(sql, before);
  return { before, now: (await holdTicket(sql, ticketId)) as HeldTicket };
}

async function beginVoice(sql: Sql, { id, queueId, ownerId, work }: HeldTicket): Promise<void> {
  if (!work) {
    await openWork(sql, { id, queueId }, { ...voice, preferredAgent: ownerId, reason: 'call' });
    return;
  }
  await forgetBroadcast(sql, work.id);
  await startWaiting(sql, work.id, voice, ownerId);
  await recordQueued(sql, work.id, { reason: 'call' });
}

/**
 * The call is over, the matter is not. A contact centre frees whoever talked for the next caller at once, or lines wait for paperwork; what
 * is left to do is theirs as anything that is answered in its own time, until they solve it. So the same work goes on in the unhurried
 * class, with its units, and the hold that its agent has of it stays. Where somebody passed it on during the talk, or nobody is on the line
 * any more, it waits as that class, in its place: there is no phone to ring for.
 * @returns the ticket as it was; null where no voice was left.
 */
export async function endVoice(sql: Sql, ticketId: string, reason = 'call_over'): Promise<HeldTicket | null> {
  const ticket = await holdTicket(sql, ticketId);
  if (!ticket?.work || ticket.work.class !== 'voice') {
    return null;
  }
  const { work, assignment } = ticket;
  await lockAgents(sql, [assignment?.agentId]);
  if (assignment?.state !== 'accepted') {
    await endHold(sql, ticket, reason);
    await sql.query(`update work_item set state = 'queued' where id = $1`, [work.id]);
    await slowDown(sql, work.id);
    return ticket;
  }
  // The load of a class follows the class that the work has at that moment: it is laid down in the one, and taken up in the other.
  await sql.query('update assignment set units = 0 where id = $1', [assignment.id]);
  await slowDown(sql, work.id);
  if (!isPaused(ticket)) {
    await sql.query('update assignment set units = $2 where id = $1', [assignment.id, unhurried.weight]);
  }
  return ticket;
}

async function slowDown(sql: Sql, workId: string): Promise<void> {
  const size = [unhurried.class, unhurried.weight];
  await sql.query('update work_item set class = $2, weight = $3 where id = $1', [workId, ...size]);
}

/**
 * The caller waits no longer at the phone and keeps their place: the same work waits where it stands, for somebody to call them.
 * @returns null where nobody waits any more.
 */
export async function keepPlace(sql: Sql, ticketId: string): Promise<HeldTicket | null> {
  const ticket = await holdTicket(sql, ticketId);
  return ticket?.assignment?.state === 'accepted' ? null : endVoice(sql, ticketId, 'callback');
}

/**
 * The caller hung up before anybody answered: this wait is over, and said to be. What is left to do, to call them back, is work of its own
 * that waits since they did: whoever gave up the line does not go to its end.
 * @returns the ticket as it was; null where nobody waited.
 */
export async function abandonLine(sql: Sql, ticketId: string): Promise<HeldTicket | null> {
  const ticket = await holdTicket(sql, ticketId);
  if (!ticket?.work || ticket.work.class !== 'voice') {
    return null;
  }
  const { work } = ticket;
  await lockAgents(sql, [ticket.assignment?.agentId]);
  await endHold(sql, ticket, 'abandoned');
  await forgetBroadcast(sql, work.id);
  const [left] = await sql.query<{ waitedMs: number; since: Date }>(
    `update work_item set state = 'abandoned', ended_at = clock_timestamp() where id = $1
     returning (extract(epoch from clock_timestamp() - enqueued_at) * 1000)::float8 as "waitedMs", enqueued_at as since`,
    [work.id],
  );
  await recordWork(sql, ticket, { type: 'work.abandoned', payload: { waitedMs: Math.round(left?.waitedMs ?? 0) } });
  if (ticket.ownerId !== null) {
    await sql.query('update ticket set owner_id = null where id = $1', [ticket.id]);
    await recordHands(sql, ticket, null, null);
  }
  await openWork(sql, ticket, { ...unhurried, reason: 'callback', since: left?.since ?? null });
  return ticket;
}
