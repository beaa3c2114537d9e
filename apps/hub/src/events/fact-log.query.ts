import type { Statement } from '#channels';

/** A fact of event_log that every transaction before it has ended for. */
export interface Fact {
  xid: string;
  position: string;
  type: string;
  conversation_id: string | null;
  subject_id: string;
  actor_id: string | null;
  payload: Record<string, unknown>;
  /** ISO, to the microsecond. */
  at: string;
}

/** Where a reader is; it has seen everything up to here. */
export interface FactCursor {
  xid: string;
  position: string;
}

/** More facts than all transactions that run at one moment can have written. */
const mostAtWork = 1_000_000;

/**
 * Ends a look at the end of the log. Without an order the planner, who knows no cursor, takes a third of all facts for those behind it,
 * and reads the whole log to find the last ones.
 */
const alongTheLog = (most: number) => `order by e.xid, e.position limit ${String(most)}`;

/** The instant of the first fact of a transaction that still runs, or of one that began after it; null: everything that is written can be seen. */
export const firstUnseenAt = `(
  select min(unseen.at) from (
    select e.at from event_log e where e.xid >= pg_snapshot_xmin(pg_current_snapshot()) ${alongTheLog(mostAtWork)}) unseen)`;

/** The transaction of the first fact behind a cursor of these columns; null: there is none. */
export const nextFactOf = (xid: string, position: string) => `(
  select e.xid from event_log e where (e.xid, e.position) > (${xid}, ${position}) ${alongTheLog(1)})`;

/**
 * The facts after a cursor, oldest first. Transactions end in another order than their facts got positions, so a reader stops below
 * the oldest that still runs. It stops, too, before a fact that an earlier one of its conversation has not caught up with: a
 * transaction may have got its number long before the lock under which it wrote. Parameters: xid, position, how many.
 */
export const nextFacts: Statement = {
  name: 'facts-next',
  text: `
with edge as (select pg_snapshot_xmin(pg_current_snapshot()) as xmin),
batch as materialized (
  select e.* from event_log e, edge
  where (e.xid, e.position) > ($1::text::xid8, $2::bigint) and e.xid < edge.xmin
  order by e.xid, e.position limit $3),
early as materialized (
  select e.conversation_id, e.position from event_log e where e.xid >= (select xmin from edge) ${alongTheLog(mostAtWork)}),
stop as (
  select b.xid, b.position from batch b
  where exists (select 1 from early e where e.conversation_id = b.conversation_id and e.position < b.position)
  order by b.xid, b.position limit 1)
select b.xid::text, b.position::text, b.type, b.conversation_id, b.subject_id, b.actor_id, b.payload,
       to_char(b.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at
from batch b
where not exists (select 1 from stop where (b.xid, b.position) >= (stop.xid, stop.position))
order by b.xid, b.position`,
};

/** A reader begins with what happens from now on: nothing is done after the fact. Parameter: the reader. */
export const beginCursor = `
insert into fact_cursor (reader, xid, position) values ($1, pg_snapshot_xmin(pg_current_snapshot()), 0) on conflict do nothing`;

/** Moves a cursor that is held. Parameters: the reader, the xid and position of the last fact that it followed. */
export const moveCursor = 'update fact_cursor set xid = $2::text::xid8, position = $3 where reader = $1';

/** Whether facts stand behind the cursor of reader $1, whether they can be followed yet or not. */
export const hasFacts = `coalesce((
    select ${nextFactOf('c.xid', 'c.position')} is not null from fact_cursor c where c.reader = $1), false)`;
