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
  select e.conversation_id, e.position from event_log e, edge where e.xid >= edge.xmin),
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
