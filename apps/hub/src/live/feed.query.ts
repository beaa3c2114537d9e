import type { Statement } from '#channels';

/** What the log holds since a cursor, below the oldest transaction that is still running. */
export interface FeedNews {
  /** The oldest transaction that is still running: everything below it is final and in this answer. */
  xmin: string;
  /** The cursor's transaction has not been in this cluster: the database was restored elsewhere. */
  is_foreign: boolean;
  /** When this was read, in milliseconds, on the database clock. */
  at: number;
  events: number;
  conversations: string[];
}

/**
 * Transactions finish in another order than their events got positions, so a reader goes up to the oldest one that is still
 * running and no further. Parameters: the cursor's transaction (null: nothing is wanted but a cursor), how many events at most.
 */
export const feedNews: Statement = {
  name: 'feed-news',
  text: `
with now as (
  select pg_snapshot_xmin(pg_current_snapshot()) as xmin, pg_snapshot_xmax(pg_current_snapshot()) as xmax),
news as materialized (
  select e.conversation_id from event_log e, now
  where (e.xid, e.position) >= ($1::text::xid8, 0) and e.xid < now.xmin
  order by e.xid, e.position limit $2)
select now.xmin::text, coalesce($1::text::xid8 > now.xmax, false) as is_foreign,
       (extract(epoch from clock_timestamp()) * 1000)::bigint as at,
       (select count(*)::int from news) as events,
       array(select distinct conversation_id from news where conversation_id is not null) as conversations
from now`,
};
