import type { Sql } from '#channels';

/** How much waits somewhere, and since when. */
export interface Depth {
  name: string;
  waiting: number;
  oldestSeconds: number;
}

const line = (name: string, from: string, since: string): string =>
  `select '${name}' as name, count(*)::int as waiting,
     coalesce(extract(epoch from clock_timestamp() - min(${since})), 0)::float8 as "oldestSeconds" from ${from}`;

/** Partial indexes of what is not done; of facts that a reader has before it, the first thousand are counted. */
const depths = [
  line('deliveries', `delivery where state in ('queued', 'sending') and due_at <= clock_timestamp()`, 'due_at'),
  line('webhooks', `webhook_delivery where state in ('queued', 'sending') and due_at <= clock_timestamp()`, 'due_at'),
  line('bots', `bot_event where state = 'ready' and due_at <= clock_timestamp()`, 'due_at'),
  line('rules', `rule_run where state = 'due' and due_at <= clock_timestamp()`, 'due_at'),
  line('surveys', `survey_ask where state = 'due' and due_at <= clock_timestamp()`, 'due_at'),
  line('held', `held_message where state = 'held' and due_at <= clock_timestamp()`, 'due_at'),
  line('bulk', `bulk_run where state in ('running', 'undoing')`, 'turn_at'),
  line('report-mails', `report_sending where state = 'due' and due_at <= clock_timestamp()`, 'due_at'),
  line(
    'privacy',
    `(select asked_at from erasure where ended_at is null union all select created_at from person_export where state = 'running') asked`,
    'asked_at',
  ),
  line('push', `push_due where due_at <= clock_timestamp()`, 'due_at'),
  line('quarantine', `inbound_event where state = 'quarantined'`, 'received_at'),
].join(' union all ');

const readers = `
select 'facts ' || c.reader as name, count(e.position)::int as waiting,
  coalesce(extract(epoch from clock_timestamp() - min(e.at)), 0)::float8 as "oldestSeconds"
from fact_cursor c left join lateral (
  select f.position, f.at from event_log f where (f.xid, f.position) > (c.xid, c.position)
    and f.xid < pg_snapshot_xmin(pg_current_snapshot()) order by f.xid, f.position limit 1000) e on true
group by c.reader order by 1`;

export async function readDepths(sql: Sql): Promise<Depth[]> {
  return [
    ...(await sql.query<Depth & Record<string, unknown>>(depths)),
    ...(await sql.query<Depth & Record<string, unknown>>(readers)),
  ];
}
