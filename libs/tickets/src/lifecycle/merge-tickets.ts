import type { Sql } from '#channels';
import { lockAgents } from '../work/agent-load.js';
import { endWork } from '../work/end-work.js';
import { holdTicket, type HeldTicket } from '../work/hold.js';
import { linksOf, openJournal, type TicketBefore } from './journal.js';
import { owingTickets } from './owes-answer.js';
import { settleWaiting } from './settle-waiting.js';

/** Two tickets of one person that are about the same. */
export interface TicketMerge {
  loserId: string;
  winnerId: string;
  by: string | null;
}

/** Why two tickets cannot become one. */
export type MergeRefusal =
  | { outcome: 'absent' }
  | { outcome: 'same' }
  /** The loser is closed already, or the winner is further along than the loser. */
  | { outcome: 'finished'; ticketId: string }
  | { outcome: 'other_person' }
  /** Other tickets wait for the loser as their parent. */
  | { outcome: 'has_children' };

export type TicketsMerged =
  { outcome: 'merged'; journalId: string; loser: HeldTicket; winner: HeldTicket; moved: number } | MergeRefusal;

/**
 * Makes one ticket of two. The loser is closed and points at the winner, so its number goes on leading somewhere; its work ends, and its
 * messages keep their places and join the winner. Everything that was is journaled. The caller holds the conversations of the person.
 */
export async function mergeTickets(sql: Sql, merge: TicketMerge): Promise<TicketsMerged> {
  const refusal = await refuseStrangers(sql, merge);
  if (refusal) {
    return refusal;
  }
  const held = await holdBoth(sql, [merge.loserId, merge.winnerId]);
  const [loser, winner] = [held.get(merge.loserId), held.get(merge.winnerId)];
  if (!loser || !winner) {
    return { outcome: 'absent' };
  }
  return (await refuseState(sql, loser, winner)) ?? join(sql, loser, winner, merge.by);
}

/** What a merge would be refused for, and what it would move; changes nothing and locks nothing. */
export async function previewMerge(
  sql: Sql,
  { loserId, winnerId }: Omit<TicketMerge, 'by'>,
): Promise<MergeRefusal | { outcome: 'possible'; messages: number; holder: string | null }> {
  const refusal = await refuseStrangers(sql, { loserId, winnerId });
  if (refusal) {
    return refusal;
  }
  const rows = await sql.query<Pick<HeldTicket, 'id' | 'state'>>(
    'select id, state from ticket where id = any ($1::uuid[])',
    [[loserId, winnerId]],
  );
  const [loser, winner] = [loserId, winnerId].map((id) => rows.find((row) => row.id === id));
  if (!loser || !winner) {
    return { outcome: 'absent' };
  }
  const [counts] = await sql.query<{ messages: number; holder: string | null }>(
    `select (select count(*)::int from message where ticket_id = $1 and kind <> 'event') as messages,
            (select h.agent_id from work_item w join assignment h on h.work_item_id = w.id and h.state = 'accepted'
             where w.ticket_id = $1 and w.state = 'assigned') as holder`,
    [loserId],
  );
  const { messages, holder } = counts as { messages: number; holder: string | null };
  return (await refuseState(sql, loser, winner)) ?? { outcome: 'possible', messages, holder };
}

async function refuseStrangers(sql: Sql, { loserId, winnerId }: Omit<TicketMerge, 'by'>): Promise<MergeRefusal | null> {
  if (loserId === winnerId) {
    return { outcome: 'same' };
  }
  const rows = await sql.query<{ root: string }>(
    `select coalesce(k.merged_into, k.id) as root from ticket t join conversation c on c.id = t.conversation_id
     join customer k on k.id = c.customer_id where t.id in ($1, $2)`,
    [loserId, winnerId],
  );
  if (rows.length < 2) {
    return { outcome: 'absent' };
  }
  return rows[0]?.root === rows[1]?.root ? null : { outcome: 'other_person' };
}

type Stated = Pick<HeldTicket, 'id' | 'state'>;

async function refuseState(sql: Sql, loser: Stated, winner: Stated): Promise<MergeRefusal | null> {
  if (loser.state === 'closed') {
    return { outcome: 'finished', ticketId: loser.id };
  }
  if (winner.state === 'closed' || (winner.state === 'solved' && loser.state !== 'solved')) {
    return { outcome: 'finished', ticketId: winner.id };
  }
  return (await isParent(sql, loser.id)) ? { outcome: 'has_children' } : null;
}

/** Whether other tickets have it as their parent, whatever became of them. */
export async function isParent(sql: Sql, ticketId: string): Promise<boolean> {
  return (await sql.query('select 1 from ticket where parent_id = $1 limit 1', [ticketId])).length > 0;
}

/** Whether what one ticket keeps may be read with the other: what was written in a restricted queue stays in it. */
export async function keepsRights(sql: Sql, from: HeldTicket, into: HeldTicket): Promise<boolean> {
  const restricted = await sql.query('select 1 from queue where id = $1 and restricted and id <> $2', [
    from.queueId,
    into.queueId,
  ]);
  return restricted.length === 0;
}

/** Holds tickets of one person, whose conversations are locked, in the order of their ids. */
export async function holdBoth(sql: Sql, ids: readonly string[]): Promise<Map<string, HeldTicket>> {
  const held = new Map<string, HeldTicket>();
  for (const id of [...new Set(ids)].toSorted()) {
    const ticket = await holdTicket(sql, id);
    if (ticket) {
      held.set(id, ticket);
    }
  }
  return held;
}

async function join(sql: Sql, loser: HeldTicket, winner: HeldTicket, by: string | null): Promise<TicketsMerged> {
  const links = await linksOf(sql, { ticket: loser.id });
  const isOwed = (await owingTickets(sql, [loser.id])).size > 0;
  const group = await sql.query<{ id: string; state: string; merged_into: string }>(
    'select id, state, merged_into from ticket where merged_into = $1 order by id for no key update',
    [loser.id],
  );
  const before = {
    ...Object.fromEntries(group.map(({ id, ...row }): [string, TicketBefore] => [id, row])),
    [loser.id]: await rowBefore(sql, loser),
  };
  const fields = { from: loser.id, into: winner.id };
  const journalId = await openJournal(sql, { kind: 'ticket_merge', before, links, fields, by });
  await lockAgents(sql, [loser.assignment?.agentId]);
  await endWork(sql, loser, 'merged');
  await closeTowards(sql, Object.keys(before), winner.id);
  await sql.query(`update message set ticket_id = $2, ticket_reason = 'merged' where ticket_id = $1`, [
    loser.id,
    winner.id,
  ]);
  await touch(sql, winner.id);
  await settleWaiting(sql, [winner.id]);
  await sql.query(
    `insert into event_log (type, conversation_id, subject_id, actor_id, payload) values ('ticket.merged', $1, $2, $3, $4)`,
    [loser.conversationId, loser.id, by, JSON.stringify({ ...fields, journal: journalId, isOwed })],
  );
  return { outcome: 'merged', journalId, loser, winner, moved: links.length };
}

async function rowBefore(sql: Sql, ticket: HeldTicket): Promise<TicketBefore> {
  const [found] = await sql.query<{ row: TicketBefore }>(
    `select to_jsonb(t) as row from (
       select state, merged_into, owner_id, state_name_id, solved_at, reopen_until, snoozed_until, pending_since from ticket where id = $1) t`,
    [ticket.id],
  );
  const isHeld = ticket.assignment?.state === 'accepted';
  return {
    ...(found as { row: TicketBefore }).row,
    work: ticket.work?.id ?? null,
    holder: isHeld ? (ticket.assignment?.agentId ?? null) : null,
  };
}

/** Closes tickets that are not, and points them and those that pointed at one of them at another, all in one statement. */
export async function closeTowards(sql: Sql, ids: readonly string[], into: string | null): Promise<void> {
  await sql.query(
    `update ticket
     set state = 'closed', merged_into = $2, solved_at = coalesce(solved_at, clock_timestamp()),
         closed_at = coalesce(closed_at, clock_timestamp()), reopen_until = null, snoozed_until = null
     where id = any ($1::uuid[])`,
    [ids, into],
  );
}

/** A ticket was as active as the latest of its messages. One that is closed stays as it is. */
export async function touch(sql: Sql, ticketId: string): Promise<void> {
  await sql.query(
    `update ticket t set last_message_at = last.at
     from (select max(m.at) as at from message m where m.ticket_id = $1 and m.kind <> 'event') last
     where t.id = $1 and t.state <> 'closed' and last.at > t.last_message_at`,
    [ticketId],
  );
}
