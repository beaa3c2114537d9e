import { v7 as uuid } from 'uuid';
import type { Sql } from '../sql.js';

export type MergeResult = { outcome: 'merged'; journalId: string } | { outcome: 'same_person' } | { outcome: 'absent' };
export type UndoResult = { outcome: 'undone' } | { outcome: 'not_merged' };

interface CustomerRow {
  id: string;
  merged_into: string | null;
}

/**
 * Joins two people: everyone in the loser's group points at the winner's root from now on. Only pointers move, and the journal
 * keeps them as they were. The caller locked the conversations of both.
 */
export async function mergeCustomers(
  sql: Sql,
  loserId: string,
  winnerId: string,
  by: { actorId: string | null; reasons: string[] },
): Promise<MergeResult> {
  const loser = await rootOf(sql, loserId);
  const winner = await rootOf(sql, winnerId);
  if (loser === null || winner === null) {
    return { outcome: 'absent' };
  }
  if (loser === winner) {
    return { outcome: 'same_person' };
  }
  const group = await sql.query<CustomerRow>(
    'select id, merged_into from customer where id = $1 or merged_into = $1 order by id for no key update',
    [loser],
  );
  const before = Object.fromEntries(group.map((row) => [row.id, { merged_into: row.merged_into }]));
  const journalId = await openJournal(sql, { kind: 'customer_merge', before, undoes: null, links: [], ...by });
  await moveRevs(sql, [...group.map(({ id }) => id), winner]);
  await sql.query('update customer set merged_into = $2 where id = any ($1::uuid[])', [
    group.map(({ id }) => id),
    winner,
  ]);
  return { outcome: 'merged', journalId };
}

/**
 * Takes back the last merge that this customer came in by. Links between messages and tickets that cross the split are cut and
 * journaled; what arrived since stays with the identity it came through.
 */
export async function undoMerge(sql: Sql, customerId: string, actorId: string | null): Promise<UndoResult> {
  const [merge] = await sql.query<{ id: string; before: Record<string, { merged_into: string | null }> }>(
    `select j.id, j.before from merge_journal j
     where j.kind = 'customer_merge' and j.before ? $1::text and not exists (select 1 from merge_journal u where u.undoes = j.id)
     order by j.at desc limit 1`,
    [customerId],
  );
  if (!merge) {
    return { outcome: 'not_merged' };
  }
  const leaving = Object.keys(merge.before);
  const now = await sql.query<CustomerRow>(
    'select id, merged_into from customer where id = any ($1::uuid[]) order by id for no key update',
    [leaving],
  );
  const links = await crossingLinks(sql, leaving);
  const before = Object.fromEntries(now.map((row) => [row.id, { merged_into: row.merged_into }]));
  await openJournal(sql, { kind: 'customer_undo', before, undoes: merge.id, links, actorId, reasons: [] });
  await sql.query(
    `update message m set ticket_id = null, ticket_reason = null
     from jsonb_to_recordset($1::jsonb) as l(message uuid) where m.id = l.message`,
    [JSON.stringify(links)],
  );
  await moveRevs(sql, [...leaving, ...now.flatMap((row) => row.merged_into ?? [])]);
  await restore(sql, merge.before);
  return { outcome: 'undone' };
}

/** Who belongs together decided what arrivals under way were planned into: their guard must see that it changed. */
async function moveRevs(sql: Sql, customers: string[]): Promise<void> {
  await sql.query('update conversation set rev = rev + 1 where customer_id = any ($1::uuid[])', [customers]);
}

/** A root first, then those that point at it: a pointer may only ever lead to a root. */
async function restore(sql: Sql, before: Record<string, { merged_into: string | null }>): Promise<void> {
  const rows = Object.entries(before).map(([id, { merged_into: mergedInto }]) => ({ id, merged_into: mergedInto }));
  for (const level of [
    rows.filter((row) => row.merged_into === null),
    rows.filter((row) => row.merged_into !== null),
  ]) {
    await sql.query(
      `update customer k set merged_into = b.merged_into from jsonb_to_recordset($1::jsonb) as b(id uuid, merged_into uuid) where k.id = b.id`,
      [JSON.stringify(level)],
    );
  }
}

async function crossingLinks(sql: Sql, leaving: string[]): Promise<{ message: string; ticket: string }[]> {
  return sql.query(
    `with side as (select c.id, c.customer_id = any ($1::uuid[]) as leaves from conversation c
                   where c.customer_id = any ($1::uuid[]) or c.customer_id in (
                     select k.id from customer k where coalesce(k.merged_into, k.id) in (
                       select coalesce(l.merged_into, l.id) from customer l where l.id = any ($1::uuid[]))))
     select m.id as message, t.id as ticket
     from side here join message m on m.conversation_id = here.id
     join ticket t on t.id = m.ticket_id join side there on there.id = t.conversation_id
     where here.leaves <> there.leaves`,
    [leaving],
  );
}

async function rootOf(sql: Sql, customerId: string): Promise<string | null> {
  const [row] = await sql.query<{ root: string }>(
    'select coalesce(merged_into, id) as root from customer where id = $1',
    [customerId],
  );
  return row?.root ?? null;
}

async function openJournal(
  sql: Sql,
  entry: {
    kind: 'customer_merge' | 'customer_undo';
    before: object;
    undoes: string | null;
    links: object[];
    actorId: string | null;
    reasons: string[];
  },
): Promise<string> {
  const id = uuid();
  await sql.query(
    'insert into merge_journal (id, kind, undoes, before, links, reasons, actor_id) values ($1, $2, $3, $4, $5, $6, $7)',
    [
      id,
      entry.kind,
      entry.undoes,
      JSON.stringify(entry.before),
      JSON.stringify(entry.links),
      JSON.stringify(entry.reasons),
      entry.actorId,
    ],
  );
  await sql.query(`select set_config('peyk.journal', $1, true)`, [id]);
  return id;
}
