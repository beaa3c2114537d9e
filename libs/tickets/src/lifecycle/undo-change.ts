import type { Sql } from '#channels';
import { lockAgents } from '../work/agent-load.js';
import { assign } from '../work/assign.js';
import { endWork } from '../work/end-work.js';
import type { HeldTicket } from '../work/hold.js';
import { moveWork } from '../work/queue-work.js';
import { recordQueued } from '../work/record-work.js';
import { closeTowards, holdBoth, isParent, keepsRights } from './merge-tickets.js';
import {
  linksOf,
  openJournal,
  readChange,
  relink,
  rootTicket,
  undoKinds,
  type MadeChange,
  type MessageLink,
  type TicketBefore,
} from './journal.js';
import { recordMoves } from './move-messages.js';
import { settleOwed } from './settle-waiting.js';

/** What was taken back. `kept`: messages that somebody had moved on since, which stay where they are. */
export interface Undone {
  outcome: 'undone';
  kind: MadeChange['kind'];
  /** The tickets on both sides: where the messages are again, and where they were. */
  into: string;
  from: string | null;
  restored: number;
  kept: number;
  /** The queue in which work waits again. */
  queued: string | null;
  /** The agent who has work again, or has it no more. */
  agentId: string | null;
}

export type UndoRefusal =
  | { outcome: 'absent' }
  | { outcome: 'too_late' }
  | { outcome: 'undone_already' }
  /** What came about has changed too much since: it was merged or closed, or goes on where there is no way back. */
  | { outcome: 'moved_on' };

/** `ever`: however long ago it was; for whoever parts people, which a merge must not stand in the way of. */
export interface UndoWish {
  journalId: string;
  by: string | null;
  ever?: boolean;
}

/**
 * Takes back a merge, a move or a split, exactly as its journal says. What was written or moved since stays where it is now, but for what
 * came into a ticket that goes away. The caller holds the conversations of the person.
 */
export async function undoTicketChange(
  sql: Sql,
  { journalId, by, ever = false }: UndoWish,
): Promise<Undone | UndoRefusal> {
  const change = await readChange(sql, journalId);
  if (!change) {
    return { outcome: 'absent' };
  }
  if (change.isUndone) {
    return { outcome: 'undone_already' };
  }
  if (change.isOver && !ever) {
    return { outcome: 'too_late' };
  }
  return change.kind === 'ticket_merge' ? undoMerge(sql, change, by) : undoMove(sql, change, by);
}

async function undoMerge(sql: Sql, change: MadeChange, by: string | null): Promise<Undone | UndoRefusal> {
  const loserId = change.fields.from as string;
  const into = await rootTicket(sql, change.fields.into);
  const held = await holdBoth(sql, [loserId, into]);
  const loser = held.get(loserId);
  if (!loser || (await rootTicket(sql, loserId)) !== into) {
    return { outcome: 'moved_on' };
  }
  if (!(await areOfOnePerson(sql, loserId, into))) {
    return { outcome: 'moved_on' };
  }
  const links = await stillThere(sql, change.links, into);
  const group = Object.keys(change.before).filter((id) => id !== loserId);
  const now = await rowsNow(sql, [loserId, ...group], into);
  const fields = { from: loserId, into };
  await openJournal(sql, {
    kind: 'ticket_undo',
    before: now,
    links: links.map((link) => ({ ...link, ticket: into, reason: 'merged' })),
    fields,
    undoes: change.id,
    by,
  });
  const before = change.before[loserId] as TicketBefore;
  await revive(sql, loserId, before);
  await sql.query('update ticket set merged_into = $2 where id = any ($1::uuid[])', [
    group.filter((id) => id in now),
    loserId,
  ]);
  await relink(sql, links);
  const isOwed = await settleOwed(sql, into, loserId);
  await sql.query(
    `insert into event_log (type, conversation_id, subject_id, actor_id, payload) values ('ticket.unmerged', $1, $2, $3, $4)`,
    [loser.conversationId, loserId, by, JSON.stringify({ ...fields, mergedAt: change.at, isOwed })],
  );
  const queued = await resumeWork(sql, loserId, before);
  const isHeld = await giveBack(sql, loserId, before, by);
  return {
    outcome: 'undone',
    kind: change.kind,
    into,
    from: loserId,
    restored: links.length,
    kept: change.links.length - links.length,
    queued: isHeld ? null : queued,
    agentId: isHeld ? (before.holder ?? null) : null,
  };
}

/** Of the links of a change, those whose messages are still in the ticket that it gave them to. */
async function stillThere(sql: Sql, links: readonly MessageLink[], ticketId: string): Promise<MessageLink[]> {
  const now = await linksOf(sql, { messages: links.map(({ message }) => message) });
  const there = new Set(now.filter(({ ticket }) => ticket === ticketId).map(({ message }) => message));
  return links.filter(({ message }) => there.has(message));
}

/** Those of the tickets that point at `into`, as they are now. */
async function rowsNow(sql: Sql, ids: readonly string[], into: string): Promise<Record<string, TicketBefore>> {
  const rows = await sql.query<TicketBefore & { id: string } & Record<string, unknown>>(
    'select id, state, merged_into from ticket where id = any ($1::uuid[]) and merged_into = $2 order by id for no key update',
    [ids, into],
  );
  return Object.fromEntries(rows.map(({ id, state, merged_into: pointer }) => [id, { state, merged_into: pointer }]));
}

/** The row of a ticket as it was, but for a queue that is gone. Whose work it was is given back by `giveBack`. */
async function revive(sql: Sql, ticketId: string, before: TicketBefore): Promise<void> {
  await sql.query(
    `update ticket t
     set merged_into = null, state = $2, owner_id = $3, state_name_id = $4, solved_at = $5, reopen_until = $6,
         closed_at = null, queue_id = coalesce((select q.moved_to from queue q where q.id = t.queue_id), t.queue_id)
     where t.id = $1`,
    [
      ticketId,
      before.state,
      before.holder ? null : (before.owner_id ?? null),
      before.state_name_id ?? null,
      before.solved_at ?? null,
      before.reopen_until ?? null,
    ],
  );
  // A change of state says since when it waits, and one of its queue wakes it; it waited and slept all along.
  await sql.query('update ticket set pending_since = $2, snoozed_until = $3 where id = $1', [
    ticketId,
    before.pending_since ?? null,
    before.snoozed_until ?? null,
  ]);
}

/** Its work goes on waiting in the place that it had. Returns its queue; null where it had none. */
async function resumeWork(sql: Sql, ticketId: string, { work }: TicketBefore): Promise<string | null> {
  if (!work) {
    return null;
  }
  await sql.query(`update work_item set state = 'queued', ended_at = null where id = $1 and state = 'done'`, [work]);
  const [row] = await sql.query<{ queue: string; isElsewhere: boolean }>(
    `select t.queue_id as queue, t.queue_id <> w.queue_id as "isElsewhere" from ticket t join work_item w on w.id = $2 where t.id = $1`,
    [ticketId, work],
  );
  const { queue, isElsewhere } = row as { queue: string; isElsewhere: boolean };
  await (isElsewhere
    ? moveWork(sql, work, { queueId: queue, reason: 'moved', by: null })
    : recordQueued(sql, work, { reason: 'reopened' }));
  return queue;
}

/** Whoever had it has it again, unless they cannot have any work by now. */
async function giveBack(sql: Sql, ticketId: string, { holder }: TicketBefore, by: string | null): Promise<boolean> {
  if (!holder) {
    return false;
  }
  const result = await assign(sql, {
    ticketId,
    agentId: holder,
    expectedOwnerId: null,
    by,
    withinCapacity: false,
    endReason: 'transferred',
  });
  return result.outcome === 'assigned';
}

async function undoMove(sql: Sql, change: MadeChange, by: string | null): Promise<Undone | UndoRefusal> {
  const into = change.kind === 'ticket_split' ? change.fields.into : await rootTicket(sql, change.fields.into);
  const back = await leadBack(sql, await stillThere(sql, change.links, into), into);
  const undo = { change, into, back, by };
  if (change.kind === 'message_move') {
    await openJournal(sql, { ...journalOf(undo), before: {} });
    await relink(sql, back);
    await recordBack(sql, undo);
    return undoneOf(undo, null);
  }
  return undoSplit(sql, undo);
}

/** A move on its way back. */
interface MoveBack {
  change: MadeChange;
  /** The ticket that the messages leave. */
  into: string;
  back: MessageLink[];
  by: string | null;
}

/**
 * Where messages go back to: a ticket that was merged since stands for the one that it went into. What would go back to somebody whom the
 * person was parted from stays.
 */
async function leadBack(sql: Sql, links: readonly MessageLink[], into: string): Promise<MessageLink[]> {
  const roots = new Map<string, string | null>();
  for (const ticket of new Set(links.flatMap((link) => link.ticket ?? []))) {
    const root = await rootTicket(sql, ticket);
    roots.set(ticket, (await areOfOnePerson(sql, root, into)) ? root : null);
  }
  return links.flatMap((link) => {
    const root = link.ticket === null ? null : roots.get(link.ticket);
    return link.ticket !== null && root === null ? [] : [{ ...link, ticket: root ?? null }];
  });
}

async function areOfOnePerson(sql: Sql, one: string, other: string): Promise<boolean> {
  const rows = await sql.query<{ root: string }>(
    `select distinct coalesce(k.merged_into, k.id) as root from ticket t join conversation c on c.id = t.conversation_id
     join customer k on k.id = c.customer_id where t.id in ($1, $2)`,
    [one, other],
  );
  return rows.length === 1;
}

function journalOf({ change, into, back, by }: MoveBack): Omit<Parameters<typeof openJournal>[1], 'before'> {
  return {
    kind: undoKinds[change.kind],
    links: back.map(({ message }) => ({ message, ticket: into, reason: null, restricted: null })),
    fields: { from: into, into: change.fields.from },
    undoes: change.id,
    by,
  };
}

async function recordBack(sql: Sql, { back, into, by }: MoveBack): Promise<void> {
  await recordMoves(
    sql,
    back.map(({ message, ticket }) => ({ message, from: into, to: ticket })),
    by,
  );
}

function undoneOf({ change, into, back }: MoveBack, agentId: string | null): Undone {
  return {
    outcome: 'undone',
    kind: change.kind,
    into,
    from: change.fields.from,
    restored: back.length,
    kept: change.links.length - back.length,
    queued: null,
    agentId,
  };
}

/** What a split that is taken back leaves: the ticket that goes, the one that takes what is left in it, and what that is. */
interface SplitBack extends MoveBack {
  split: HeldTicket;
  /** null: the messages came from no ticket, or from several. */
  originId: string | null;
  rest: MessageLink[];
}

/** The ticket that was opened for the messages goes away again, towards the one they came from; what came into it since goes along. */
async function undoSplit(sql: Sql, undo: MoveBack): Promise<Undone | UndoRefusal> {
  const found = await findSplit(sql, undo);
  if (!found) {
    return { outcome: 'moved_on' };
  }
  await closeSplit(sql, found);
  return undoneOf(undo, found.split.assignment?.agentId ?? null);
}

/** null: there is no way back, because it goes on elsewhere or something that was written since would be buried. */
async function findSplit(sql: Sql, undo: MoveBack): Promise<SplitBack | null> {
  const { change, into: splitId, back } = undo;
  const { from } = change.fields;
  const originId = from && (await rootTicket(sql, from));
  const held = await holdBoth(sql, [splitId, originId ?? splitId]);
  const split = held.get(splitId);
  if (!split || split.state === 'closed' || !(await areOfOnePerson(sql, originId ?? splitId, splitId))) {
    return null;
  }
  const leaving = new Set(back.map(({ message }) => message));
  const rest = (await linksOf(sql, { ticket: splitId })).filter(({ message }) => !leaving.has(message));
  const origin = originId === null ? undefined : held.get(originId);
  const isStuck = (await isParent(sql, splitId)) || (await hasWords(sql, rest, { split, origin }));
  return isStuck ? null : { ...undo, split, originId, rest };
}

async function closeSplit(sql: Sql, found: SplitBack): Promise<void> {
  const { split, originId, rest, back, by } = found;
  // What went into it goes where it goes, so that all their numbers lead on.
  const group = originId === null ? [] : await mergedInto(sql, split.id);
  const before = {
    ...Object.fromEntries(group.map((id): [string, TicketBefore] => [id, { state: 'closed', merged_into: split.id }])),
    [split.id]: { state: split.state, merged_into: null },
  };
  await openJournal(sql, { ...journalOf(found), before });
  await lockAgents(sql, [split.assignment?.agentId]);
  await endWork(sql, split, 'merged');
  await closeTowards(sql, [split.id, ...group], originId);
  const along = originId === null ? [] : rest.map((link) => ({ ...link, ticket: originId, reason: 'merged' }));
  await relink(sql, [...back, ...along]);
  await recordBack(sql, found);
  await sql.query(
    `insert into event_log (type, conversation_id, subject_id, actor_id, payload) values ('ticket.unsplit', $1, $2, $3, $4)`,
    [split.conversationId, split.id, by, JSON.stringify({ into: originId })],
  );
}

async function mergedInto(sql: Sql, ticketId: string): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    'select id from ticket where merged_into = $1 order by id for no key update',
    [ticketId],
  );
  return rows.map(({ id }) => id);
}

/** Whether something that somebody wrote since would be buried or given away, because there is no ticket at work that could take it in. */
async function hasWords(
  sql: Sql,
  links: readonly MessageLink[],
  { split, origin }: { split: HeldTicket; origin: HeldTicket | undefined },
): Promise<boolean> {
  const isAtWork = origin && origin.state !== 'solved' && origin.state !== 'closed';
  if (isAtWork && (await keepsRights(sql, split, origin))) {
    return false;
  }
  const rows = await sql.query(`select 1 from message where id = any ($1::uuid[]) and kind <> 'event' limit 1`, [
    links.map(({ message }) => message),
  ]);
  return rows.length > 0;
}
