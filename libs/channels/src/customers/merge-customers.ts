import { v7 as uuid } from 'uuid';
import type { Sql } from '../sql.js';
import { revertFields, type Profile, type ProfileChange } from './choose-fields.js';

export type MergeResult = { outcome: 'merged'; journalId: string } | { outcome: 'same_person' } | { outcome: 'absent' };
/** `from` is the root that the freed people were joined with until now, `freed` the root of those who left. */
export type UndoResult = { outcome: 'undone'; freed: string; from: string } | { outcome: 'not_merged' };

/** Who joined two people and why. `choose` says what the root's profile becomes, given both as they are under the lock. */
export interface MergeAct {
  actorId: string | null;
  /** Machine-readable, e.g. 'agent' or 'same_claim'. */
  reasons: string[];
  /** In the agent's own words. */
  note?: string;
  choose?: (from: CustomerRow, into: CustomerRow) => ProfileChange | null;
}

/** A customer as it is stored. */
export interface CustomerRow {
  id: string;
  merged_into: string | null;
  name: string;
  name_key: string;
  locale: string;
  tier: number;
  tz: string | null;
  fields: Record<string, unknown>;
}

/** A merge as its journal row tells it. */
interface Merge {
  id: string;
  before: Record<string, { merged_into: string | null }>;
  fields: { customer?: string } & Partial<ProfileChange>;
}

/** A message and the ticket that it is cut from, as they were. `restricted` names the ticket's queue where that is a restricted one. */
interface CutLink {
  message: string;
  ticket: string;
  reason: string | null;
  restricted: string | null;
}

/**
 * Joins two people: everyone in the loser's group points at the winner's root from now on. Only pointers move, and what was chosen
 * of the root's profile; the journal keeps both as they were. The caller locked the conversations of both and read nothing before it
 * had them. Of two who are one person already nothing changes, so no circle can come about.
 */
export async function mergeCustomers(sql: Sql, loserId: string, winnerId: string, by: MergeAct): Promise<MergeResult> {
  const loser = await rootOf(sql, loserId);
  const winner = await rootOf(sql, winnerId);
  if (loser === null || winner === null) {
    return { outcome: 'absent' };
  }
  if (loser === winner) {
    return { outcome: 'same_person' };
  }
  const rows = await sql.query<CustomerRow>(
    'select * from customer where id in ($1, $2) or merged_into = $1 order by id for no key update',
    [loser, winner],
  );
  const group = rows.filter(({ id }) => id !== winner);
  const [from, into] = [loser, winner].map((id) => rows.find((row) => row.id === id)) as [CustomerRow, CustomerRow];
  const before = Object.fromEntries(group.map((row) => [row.id, { merged_into: row.merged_into }]));
  const fields = by.choose?.(from, into) ?? null;
  const journalId = await openJournal(sql, {
    kind: 'customer_merge',
    before,
    undoes: null,
    links: [],
    fields: fields === null ? {} : { customer: winner, ...fields },
    actorId: by.actorId,
    reasons: by.reasons,
    note: by.note ?? '',
  });
  await moveRevs(sql, [...group.map(({ id }) => id), winner]);
  await sql.query('update customer set merged_into = $2 where id = any ($1::uuid[])', [
    group.map(({ id }) => id),
    winner,
  ]);
  if (fields !== null) {
    await writeProfile(sql, winner, fields.became);
  }
  return { outcome: 'merged', journalId };
}

/**
 * Takes back the last merge that this customer came in by. Links between messages and tickets that cross the split are cut and
 * journaled; what arrived since stays with the identity it came through. What is cut from a restricted ticket stays restricted. The
 * root's profile is as before where nobody has changed it since.
 */
export async function undoMerge(sql: Sql, customerId: string, actorId: string | null): Promise<UndoResult> {
  const [merge] = await sql.query<Merge>(
    `select j.id, j.before, j.fields from merge_journal j
     where j.kind = 'customer_merge' and j.before ? $1::text and not exists (select 1 from merge_journal u where u.undoes = j.id)
     order by j.at desc limit 1`,
    [customerId],
  );
  if (!merge) {
    return { outcome: 'not_merged' };
  }
  const leaving = Object.keys(merge.before);
  const now = await sql.query<Pick<CustomerRow, 'id' | 'merged_into'>>(
    'select id, merged_into from customer where id = any ($1::uuid[]) order by id for no key update',
    [leaving],
  );
  const links = await crossingLinks(sql, leaving);
  const before = Object.fromEntries(now.map((row) => [row.id, { merged_into: row.merged_into }]));
  await openJournal(sql, {
    kind: 'customer_undo',
    before,
    undoes: merge.id,
    links,
    fields: {},
    actorId,
    reasons: [],
    note: '',
  });
  await sql.query(
    `update message m set ticket_id = null, ticket_reason = null, restricted_by = l.restricted
     from jsonb_to_recordset($1::jsonb) as l(message uuid, restricted uuid) where m.id = l.message`,
    [JSON.stringify(links)],
  );
  await moveRevs(sql, [...leaving, ...now.flatMap((row) => row.merged_into ?? [])]);
  await restore(sql, merge.before);
  await giveBackProfile(sql, merge);
  const freed = Object.entries(merge.before).find(([, row]) => row.merged_into === null)?.[0] as string;
  return { outcome: 'undone', freed, from: now.find(({ id }) => id === freed)?.merged_into as string };
}

/** The root's profile as it was before the merge, where nobody has changed it since. */
async function giveBackProfile(sql: Sql, { id, fields: { customer, was, became } }: Merge): Promise<void> {
  if (!customer || !was || !became) {
    return;
  }
  const [now] = await sql.query<CustomerRow>('select * from customer where id = $1 for no key update', [customer]);
  const undone = await sql.query<ProfileChange & Record<string, unknown>>(
    `select j.fields -> 'was' as was, j.fields -> 'became' as became
     from merge_journal this join merge_journal j on j.fields ? 'customer' and j.fields ->> 'customer' = $2 and j.at < this.at
     join merge_journal u on u.undoes = j.id and u.at > this.at
     where this.id = $1 order by j.at desc`,
    [id, customer],
  );
  if (now) {
    await writeProfile(sql, customer, revertFields(now, { was, became }, undone));
  }
}

async function writeProfile(sql: Sql, customer: string, columns: Partial<Profile>): Promise<void> {
  if (Object.keys(columns).length > 0) {
    await sql.query(
      `update customer k set (name, name_key, locale, tier, tz, fields) =
         (select r.name, r.name_key, r.locale, r.tier, r.tz, r.fields from jsonb_populate_record(k, $2::jsonb) r)
       where k.id = $1`,
      [customer, JSON.stringify(columns)],
    );
  }
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

async function crossingLinks(sql: Sql, leaving: string[]): Promise<CutLink[]> {
  return sql.query<CutLink & Record<string, unknown>>(
    `with side as (select c.id, c.customer_id = any ($1::uuid[]) as leaves from conversation c
                   where c.customer_id = any ($1::uuid[]) or c.customer_id in (
                     select k.id from customer k where coalesce(k.merged_into, k.id) in (
                       select coalesce(l.merged_into, l.id) from customer l where l.id = any ($1::uuid[]))))
     select m.id as message, t.id as ticket, m.ticket_reason as reason, case when q.restricted then q.id end as restricted
     from side here join message m on m.conversation_id = here.id
     join ticket t on t.id = m.ticket_id join side there on there.id = t.conversation_id
     join queue q on q.id = t.queue_id
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
    fields: object;
    actorId: string | null;
    reasons: string[];
    note: string;
  },
): Promise<string> {
  const id = uuid();
  await sql.query(
    `insert into merge_journal (id, kind, undoes, before, links, fields, reasons, note, actor_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      id,
      entry.kind,
      entry.undoes,
      JSON.stringify(entry.before),
      JSON.stringify(entry.links),
      JSON.stringify(entry.fields),
      JSON.stringify(entry.reasons),
      entry.note,
      entry.actorId,
    ],
  );
  await sql.query(`select set_config('peyk.journal', $1, true)`, [id]);
  return id;
}
