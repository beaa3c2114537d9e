import type { Sql } from '#channels';

/** How far webhooks read back after a restore: of facts written at once, the order is lost with their transactions. None is told twice. */
const margin = 1_000;

/** In a database that was never moved nobody sees a transaction that the server has not counted yet. */
const isRestored = `
select coalesce((select xid from event_log order by xid desc, position desc limit 1) >= pg_snapshot_xmax(pg_current_snapshot()), false)
    or exists (select 1 from fact_cursor where xid > pg_snapshot_xmax(pg_current_snapshot()))
    or exists (select 1 from webhook where cursor_xid > pg_snapshot_xmax(pg_current_snapshot())) as restored`;

/** The last fact that a cursor is past, by position. */
const lastRead = (xid: string, position: string) =>
  `coalesce((select max(e.position) from event_log e where (e.xid, e.position) <= (${xid}, ${position})), 0)`;

const settle = [
  `update fact_cursor set position = ${lastRead('fact_cursor.xid', 'fact_cursor.position')}, xid = '0'`,
  `update webhook set cursor_position = greatest(${lastRead('webhook.cursor_xid', 'webhook.cursor_position')} - ${margin}, 0), cursor_xid = '0'`,
  'alter table event_log disable trigger append_only',
  `update event_log set xid = '0' where xid <> '0'`,
  'alter table event_log enable trigger append_only',
  `update past_state set xid = '0' where xid <> '0'`,
];

/**
 * A dump brings the transaction numbers of the server that it was made on, and the server it is restored into counts anew: facts would
 * stand in the future, unread, until it has counted as far. All that was before the restore becomes as old as can be, and readers go on
 * by position. Run in a transaction, before anything reads facts; returns whether the database was restored.
 */
export async function settleRestored(tx: Sql): Promise<boolean> {
  if (!(await asksToSettle(tx))) {
    return false;
  }
  // Another node may be settling it: it is asked again once that node is done.
  await tx.query('lock table event_log in share row exclusive mode');
  if (!(await asksToSettle(tx))) {
    return true;
  }
  for (const statement of settle) {
    await tx.query(statement);
  }
  return true;
}

async function asksToSettle(tx: Sql): Promise<boolean> {
  const [row] = await tx.query<{ restored: boolean }>(isRestored);
  return row?.restored ?? false;
}
