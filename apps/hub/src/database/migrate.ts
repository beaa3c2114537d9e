import type { Sql } from '#channels';
import { failpoint } from '#failpoint';
import { type DataSource, MigrationExecutor, type QueryRunner } from 'typeorm';

/** Any number that nothing else locks: the ASCII of "peyk". */
const MIGRATION_LOCK = 0x70_65_79_6b;

/** The database cannot hold Peyk's data; the message says why and what to do. */
export class UnfitDatabase extends Error {
  readonly code = 'unfit_database';

  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'UnfitDatabase';
  }
}

/**
 * Brings the schema up to this version and returns the names of the migrations that ran.
 *
 * Of several hubs that start at once one migrates and the others wait for it. A schema newer than the program is refused, for
 * an older hub would write rows that the newer one does not expect.
 */
export async function migrate(dataSource: DataSource): Promise<string[]> {
  return underLock(dataSource, async (runner) => {
    const executor = executorOn(dataSource, runner);
    await refuseNewer(dataSource, executor);
    const done = await executor.executePendingMigrations();
    failpoint('migration.after-all');
    return done.map((migration) => migration.name);
  });
}

/**
 * Runs migrations on a connection in the transaction that is open on it: those that are named, or with null all that have not run. Returns
 * the names of those that ran.
 */
export async function migrateWithin(runner: QueryRunner, wanted: string[] | null): Promise<string[]> {
  const executor = new MigrationExecutor(runner.connection, runner);
  executor.transaction = 'none';
  const names = wanted && new Set(wanted);
  const all = runner.connection.migrations;
  const chosen = all.filter((migration) => names?.has(migration.name ?? '') ?? true);
  Object.assign(runner.connection, { migrations: chosen });
  try {
    return (await executor.executePendingMigrations()).map((migration) => migration.name);
  } finally {
    Object.assign(runner.connection, { migrations: all });
  }
}

/** Which migrations have run and which wait, by name. */
export async function readMigrations(dataSource: DataSource): Promise<{ done: string[]; waiting: string[] }> {
  const runner = dataSource.createQueryRunner();
  try {
    const executor = executorOn(dataSource, runner);
    const isNew = !(await runner.hasTable('migration'));
    const done = isNew ? [] : (await executor.getExecutedMigrations()).map((migration) => migration.name).toReversed();
    const all = dataSource.migrations.map((migration) => migration.name ?? '');
    return { done, waiting: all.filter((name) => !done.includes(name)) };
  } finally {
    await runner.release();
  }
}

/** Takes back the newest migration. Returns false when there was none. */
export async function undoLastMigration(dataSource: DataSource): Promise<boolean> {
  return underLock(dataSource, async (runner) => {
    const executor = executorOn(dataSource, runner);
    const before = await executor.getExecutedMigrations();
    await executor.undoLastMigration();
    return before.length > 0;
  });
}

/** Throws UnfitDatabase where Peyk cannot work, and returns warnings about settings that put data at risk. */
export async function checkDatabase(sql: Sql): Promise<string[]> {
  const [server] = await sql.query<{ version: number; name: string }>(
    "select current_setting('server_version_num')::int as version, current_setting('server_version') as name",
  );
  if (server === undefined || server.version < 150_000) {
    throw new UnfitDatabase(`Peyk needs PostgreSQL 15 or newer, and the server is ${server?.name ?? 'unknown'}.`);
  }
  await checkPersian(sql);
  const rows = await sql.query<{ name: string; setting: string }>(
    "select name, setting from pg_settings where name in ('fsync', 'synchronous_commit', 'default_transaction_isolation')",
  );
  return rows.flatMap(({ name, setting }) => WARNINGS[name]?.(setting) ?? []);
}

const WARNINGS: Record<string, (setting: string) => string[]> = {
  fsync: (setting) => (setting === 'on' ? [] : ['fsync is off: a power cut can destroy the whole database.']),
  synchronous_commit: (setting) =>
    setting === 'off' ? ['synchronous_commit is off: a crash can lose messages that were acknowledged.'] : [],
  default_transaction_isolation: (setting) =>
    setting === 'read committed'
      ? []
      : [`default_transaction_isolation is "${setting}": Peyk's guards are exact at "read committed".`],
};

/** In a locale that knows no Persian letters, pg_trgm and the text search drop them without a word. */
async function checkPersian(sql: Sql): Promise<void> {
  try {
    await sql.query('create extension if not exists pg_trgm');
  } catch (cause) {
    throw new UnfitDatabase('Peyk needs the extensions pg_trgm and btree_gist, which the server does not give.', cause);
  }
  const [row] = await sql.query<{ trigrams: number }>("select cardinality(show_trgm('سلام')) as trigrams");
  if (!row?.trigrams) {
    throw new UnfitDatabase(
      'This database does not know Persian letters, so nothing Persian could be found in it. Create one with ' +
        "ENCODING 'UTF8' and a UTF-8 locale, e.g.: CREATE DATABASE peyk TEMPLATE template0 ENCODING 'UTF8' " +
        "LC_COLLATE 'C' LC_CTYPE 'C.UTF-8' LOCALE_PROVIDER icu ICU_LOCALE 'fa';",
    );
  }
}

async function underLock<T>(dataSource: DataSource, work: (runner: QueryRunner) => Promise<T>): Promise<T> {
  const runner = dataSource.createQueryRunner();
  await runner.connect();
  try {
    await runner.query('set statement_timeout = 0');
    await runner.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    return await work(runner);
  } finally {
    await runner.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => undefined);
    await runner.query('reset statement_timeout').catch(() => undefined);
    await runner.release();
  }
}

function executorOn(dataSource: DataSource, runner: QueryRunner): MigrationExecutor {
  const executor = new MigrationExecutor(dataSource, runner);
  executor.transaction = 'each';
  return executor;
}

async function refuseNewer(dataSource: DataSource, executor: MigrationExecutor): Promise<void> {
  const known = new Set(dataSource.migrations.map((migration) => migration.name));
  const unknown = (await executor.getExecutedMigrations()).find((migration) => !known.has(migration.name));
  if (unknown !== undefined) {
    throw new UnfitDatabase(
      `A newer Peyk has changed this database (${unknown.name}). Start that version, or restore a backup.`,
    );
  }
}
