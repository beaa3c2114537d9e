import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Sql } from '#channels';
import { checkDatabase } from '../../database/migrate.js';
import { migrations } from '../../database/migrations/index.js';
import { SealBroken, SecretBox } from '../../platform/secret-box.js';
import type { SecretKeys } from '../../platform/secret-keys.js';
import { readDepths } from '../system/depths.query.js';
import { ok, problem, warning, type Finding } from './finding.js';

const minute = 60;

export async function checkServer(sql: Sql): Promise<Finding[]> {
  const warnings = await checkDatabase(sql);
  const [row] = await sql.query<{ version: string; locale: string }>(
    `select current_setting('server_version') as version, coalesce(datlocale, datcollate) as locale
     from (select to_jsonb(d) ->> 'datlocale' as datlocale, datcollate from pg_database d where datname = current_database()) one`,
  );
  return [
    ok('database', `PostgreSQL ${row?.version ?? ''}, locale ${row?.locale ?? ''}, and Persian letters are known`),
    ...warnings.map((words) => warning('database', words, 'Set it back in the server, unless you mean it.')),
  ];
}

export async function hasSchema(sql: Sql): Promise<boolean> {
  const [row] = await sql.query<{ found: boolean }>(`select to_regclass('migration') is not null as found`);
  return row?.found ?? false;
}

export async function checkSchema(sql: Sql): Promise<Finding> {
  const known = migrations.map((migration) => String(new migration().name));
  const done = (await sql.query<{ name: string }>('select name from migration')).map(({ name }) => name);
  const waiting = known.filter((name) => !done.includes(name));
  const newer = done.find((name) => !known.includes(name));
  if (newer !== undefined) {
    return problem('schema', `a newer Peyk has changed the database (${newer})`, 'Start that version.');
  }
  return waiting.length === 0
    ? ok('schema', `${String(done.length)} migrations have run`)
    : warning('schema', `${String(waiting.length)} migrations wait`, 'They run at the next start, or by "migrate up".');
}

/** Leases, promises and offers live on the database's clock; links, certificates and signatures on the machine's. */
export async function checkClocks(sql: Sql): Promise<Finding> {
  const before = Date.now();
  const [row] = await sql.query<{ now: Date }>('select clock_timestamp() as now');
  const apart = Math.abs((row?.now.getTime() ?? 0) - (before + Date.now()) / 2) / 1000;
  const words = `this machine and the database are ${apart.toFixed(1)} s apart`;
  const advice = 'Let both follow a time server (NTP).';
  return apart > 60
    ? problem('clocks', words, advice)
    : apart > 5
      ? warning('clocks', words, advice)
      : ok('clocks', words);
}

/** Whether the keys that are here open what was sealed with those that were. */
export async function checkSecrets(sql: Sql, keys: SecretKeys | null): Promise<Finding> {
  const rows = await sql.query<{ id: string; name: string; secrets: Buffer }>(
    'select id, name, secrets from channel where secrets is not null order by name',
  );
  const box = keys && new SecretBox(keys);
  const closed = rows.filter(({ id, secrets }) => {
    try {
      return box?.open(secrets, { table: 'channel', row: id, column: 'secrets' }) === undefined;
    } catch (error) {
      return error instanceof SealBroken;
    }
  });
  return closed.length === 0
    ? ok('secrets', `the credentials of ${String(rows.length)} channels open`)
    : problem(
        'secrets',
        `the credentials of ${String(closed.length)} channels do not open: ${closed.map(({ name }) => name).join(', ')}`,
        'Bring back DATA_DIR/secret.key or SECRET_KEY as they were, or enter the credentials again.',
      );
}

/** The newest files, and some of the others. */
export async function checkFiles(sql: Sql, folder: string): Promise<Finding> {
  const rows = await sql.query<{ key: string }>(
    `(select storage_key as key from attachment where state = 'stored' order by id desc limit 50)
     union select storage_key from prompt union (select storage_key from call_recording where storage_key is not null limit 50)`,
  );
  const found = await Promise.all(
    rows.map(({ key }) =>
      stat(join(folder, key)).then(
        () => true,
        () => false,
      ),
    ),
  );
  const missing = found.filter((isThere) => !isThere).length;
  return missing === 0
    ? ok('files', `${String(rows.length)} files were looked for, and all are there`)
    : problem(
        'files',
        `${String(missing)} of ${String(rows.length)} files are not in ${folder}`,
        'Bring the folder back from a backup; with several nodes, mount the same one at all of them.',
      );
}

export async function checkChannels(sql: Sql): Promise<Finding[]> {
  const rows = await sql.query<{ name: string; problem: string }>(
    `select c.name, coalesce(l.problem, c.secrets_problem) as problem from channel c left join account_lease l on l.channel_id = c.id
     where c.enabled and coalesce(l.problem, c.secrets_problem) is not null order by c.name`,
  );
  return rows.length === 0
    ? [ok('channels', 'none reports trouble')]
    : rows.map(({ name }) =>
        warning(
          'channels',
          `${name} has trouble`,
          'Open it under Settings, Channels: it says what, and how to mend it.',
        ),
      );
}

/** What should have been done long ago. */
export async function checkStuck(sql: Sql): Promise<Finding[]> {
  const depths = await readDepths(sql);
  const stuck = depths.filter(
    ({ name, waiting, oldestSeconds }) =>
      waiting > 0 && oldestSeconds > (name === 'quarantine' ? Infinity : 10 * minute),
  );
  const quarantine = depths.find(({ name }) => name === 'quarantine')?.waiting ?? 0;
  return [
    ...(stuck.length === 0 ? [ok('queues', 'nothing has waited for longer than ten minutes')] : []),
    ...stuck.map(({ name, waiting, oldestSeconds }) =>
      warning(
        'queues',
        `${name}: ${String(waiting)} wait, the oldest for ${String(Math.round(oldestSeconds / minute))} minutes`,
        'Look whether a worker is silent, and whether the channel or receiver it is for has trouble.',
      ),
    ),
    ...(quarantine === 0
      ? []
      : [
          warning(
            'quarantine',
            `${String(quarantine)} events could not be taken`,
            'Administrators see why at /api/quarantine, and can try again.',
          ),
        ]),
  ];
}

export async function checkBackups(sql: Sql, now: Date): Promise<Finding> {
  const [row] = await sql.query<{ madeAt: string }>(
    `select value ->> 'madeAt' as "madeAt" from setting where key = 'backup'`,
  );
  const days = row === undefined ? Infinity : (now.getTime() - Date.parse(row.madeAt)) / 86_400_000;
  const words = row === undefined ? 'none was ever made with "peyk backup"' : `the last one is of ${row.madeAt}`;
  return days > 7
    ? warning('backups', words, 'Run "npm run peyk -- backup" every night, unless you back up otherwise.')
    : ok('backups', words);
}
