import type { Sql } from '#channels';
import type { SystemView } from '#contract';

const database = `
select current_setting('server_version') as version, pg_database_size(current_database())::float8 as bytes,
  (select count(*)::int from pg_stat_activity where datname = current_database()) as connections,
  current_setting('max_connections')::int as "maxConnections",
  (select coalesce(max(extract(epoch from clock_timestamp() - xact_start)), 0)::float8 from pg_stat_activity
   where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle') as "longestTransactionSeconds",
  coalesce((select jsonb_agg(jsonb_build_object('name', application_name, 'lagBytes',
      case when pg_is_in_recovery() then 0 else pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn) end))
    from pg_stat_replication where replay_lsn is not null), '[]') as replicas`;

export async function readDatabaseState(sql: Sql): Promise<SystemView['database']> {
  const [row] = await sql.query<SystemView['database'] & Record<string, unknown>>(database);
  return row as SystemView['database'];
}

interface Noted {
  backup: SystemView['backup'];
  restored: SystemView['restored'];
}

/** What the commands of an operator left word of. */
export async function readNoted(sql: Sql): Promise<Noted> {
  const rows = await sql.query<{ key: string; value: object; changed_at: Date }>(
    `select key, value, changed_at from setting where key in ('backup', 'restored')`,
  );
  const backup = rows.find(({ key }) => key === 'backup');
  const restored = rows.find(({ key }) => key === 'restored');
  return {
    backup: (backup?.value as SystemView['backup'] | undefined) ?? null,
    restored: restored
      ? { ...(restored.value as Omit<NonNullable<Noted['restored']>, 'at'>), at: restored.changed_at.toISOString() }
      : null,
  };
}

/** The tables that take the most room, and how they are read; of the plans nothing but figures. */
export const tableFigures = `
select s.relname as name, pg_total_relation_size(s.relid)::float8 as bytes, s.n_live_tup::float8 as rows, s.n_dead_tup::float8 as dead,
  s.seq_scan::float8 as "wholeReads", coalesce(s.idx_scan, 0)::float8 as "indexReads", s.last_autovacuum as "vacuumedAt",
  s.last_autoanalyze as "analysedAt"
from pg_stat_user_tables s where s.schemaname = current_schema() order by 2 desc limit 40`;

/** Settings of the server by name: none of these can hold words of people. */
export const serverSettings = `
select name, setting from pg_settings
where name in ('server_version', 'max_connections', 'shared_buffers', 'work_mem', 'effective_cache_size', 'fsync', 'synchronous_commit',
  'full_page_writes', 'autovacuum', 'jit', 'default_transaction_isolation', 'data_checksums', 'wal_level') order by 1`;
