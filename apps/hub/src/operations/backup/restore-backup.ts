import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { Sql } from '#channels';
import { failpoint } from '#failpoint';
import { checkDatabase, migrateWithin } from '../../database/migrate.js';
import { migrations } from '../../database/migrations/index.js';
import { BrokenBackup } from './archive-format.js';
import { CheckedArchive } from './archive-reader.js';
import { CopyIn, CopyOut } from './copy-stream.js';
import { holdRestored, type HeldMessages } from './hold-restored.js';
import type { Manifest, TableInBackup } from './manifest.js';
import { onOwnConnection, type OwnConnection } from './own-connection.js';
import {
  copyIn,
  copyOut,
  foreignKeys,
  foreignThings,
  ownTables,
  portableText,
  quoted,
  type OwnTable,
} from './schema-rows.query.js';
import { TableSum } from './table-sum.js';

export interface RestoreWishes {
  databaseUrl: string;
  filesFolder: string;
  say: (line: string) => void;
}

export interface Restored extends HeldMessages {
  rows: number;
  /** Migrations that ran after the rows were there, because the backup is older than this Peyk. */
  migrated: number;
}

/** The backup cannot go where it is wanted; the message says why and what to do. */
export class RestoreRefused extends Error {
  readonly code = 'restore_refused';

  constructor(message: string) {
    super(message);
    this.name = 'RestoreRefused';
  }
}

const unpack = promisify<Buffer, Buffer>(gunzip);

/**
 * Puts a backup into an empty database and a folder of files. Files come first and rows in one transaction, so that a hub either finds
 * everything or nothing; whoever was interrupted starts again.
 */
export async function restoreBackup(archive: CheckedArchive, wishes: RestoreWishes): Promise<Restored> {
  refuseNewer(archive.manifest);
  return onOwnConnection(wishes.databaseUrl, 'peyk restore', async (own) => {
    await checkDatabase(own.sql);
    await refuseFull(own.sql);
    await restoreFiles(archive, wishes);
    await own.runner.startTransaction();
    try {
      await own.sql.query(`${portableText}; select pg_advisory_xact_lock(hashtext('peyk restore'))`);
      await refuseFull(own.sql);
      const restored = await restoreRows(archive, own, wishes);
      await own.runner.commitTransaction();
      return restored;
    } catch (error) {
      await own.runner.rollbackTransaction().catch(() => undefined);
      throw error;
    }
  });
}

/** The schema as it was, the rows, the rest of the schema, and the peace of what was on its way. */
async function restoreRows(archive: CheckedArchive, own: OwnConnection, { say }: RestoreWishes): Promise<Restored> {
  const { manifest } = archive;
  await migrateWithin(own.runner, manifest.migrations);
  const tables = await own.sql.query<OwnTable & Record<string, unknown>>(ownTables);
  refuseOtherTables(manifest, tables);
  const keys = await own.sql.query<{ table: string; name: string; definition: string }>(foreignKeys);
  const unguarded = tables.map(({ name }) => `alter table ${quoted(name)} disable trigger user`);
  const unbound = keys.map(({ table, name }) => `alter table ${table} drop constraint ${quoted(name)}`);
  await own.sql.query([...unguarded, ...unbound].join(';'));
  await own.sql.query(`truncate ${tables.map(({ name }) => quoted(name)).join(', ')}`);
  let rows = 0;
  for (const table of manifest.tables) {
    await load(archive, own, table);
    await compare(own, table);
    rows += table.rows;
    if (table.rows > 0) {
      say(`${table.name}: ${String(table.rows)} rows`);
    }
    failpoint('restore.between-tables');
  }
  // The server itself finds a row whose other row is not there.
  const bound = keys.map(
    ({ table, name, definition }) => `alter table ${table} add constraint ${quoted(name)} ${definition}`,
  );
  const guarded = tables.map(({ name }) => `alter table ${quoted(name)} enable trigger user`);
  await own.sql.query([...bound, ...guarded].join(';'));
  for (const { name, last } of manifest.sequences) {
    await own.sql.query('select setval(quote_ident($1)::regclass, $2::bigint)', [name, last]);
  }
  const later = await migrateWithin(own.runner, null);
  // What rows say must hold wholly before anything is changed of them.
  await own.sql.query('set constraints all immediate');
  return { rows, migrated: later.length, ...(await holdRestored(own.sql, manifest)) };
}

async function load(archive: CheckedArchive, { client }: OwnConnection, table: TableInBackup): Promise<void> {
  const copy = client.query(new CopyIn(copyIn(table)));
  const failed = new Promise<never>((_resolve, reject) => copy.once('error', reject));
  failed.catch(() => undefined);
  for (const { name } of table.parts) {
    const text = await unpack(await archive.read(name));
    await Promise.race([new Promise<void>((resolve) => copy.write(text, () => resolve())), failed]);
  }
  await Promise.race([new Promise<void>((resolve) => copy.end(resolve)), failed]);
  if (copy.rows !== table.rows) {
    throw new BrokenBackup(
      `${table.name} has ${String(table.rows)} rows in the backup, and the server took ${String(copy.rows)}.`,
    );
  }
}

/** Reads the table back: what the server has is what was in the backup, whichever server it is. */
async function compare({ client }: OwnConnection, table: TableInBackup): Promise<void> {
  const sum = new TableSum();
  for await (const row of client.query(new CopyOut(copyOut(table))) as AsyncIterable<Buffer>) {
    sum.add(row);
  }
  if (sum.sum !== table.sum) {
    throw new BrokenBackup(`${table.name} is not in the database as it is in the backup.`);
  }
}

function refuseNewer(manifest: Manifest): void {
  const known = new Set(migrations.map((migration) => new migration().name));
  const unknown = manifest.migrations.find((name) => !known.has(name));
  if (unknown !== undefined) {
    throw new RestoreRefused(
      `A newer Peyk (${manifest.version}) made this backup (${unknown}). Restore it with that version.`,
    );
  }
}

async function refuseFull(sql: Sql): Promise<void> {
  const [thing] = await sql.query<{ name: string }>(foreignThings);
  if (thing !== undefined) {
    throw new RestoreRefused(
      `The database is not empty: it has a table ${thing.name}. A backup is restored into an empty one: name another DATA_DIR or database. Nothing was changed.`,
    );
  }
}

function refuseOtherTables({ tables }: Manifest, ours: OwnTable[]): void {
  const shapeOf = ({ name, columns }: Pick<OwnTable, 'name' | 'columns'>): string =>
    `${name}(${columns.toSorted().join(',')})`;
  const wanted = new Set(tables.map(shapeOf));
  const other = ours.find((table) => !wanted.delete(shapeOf(table)))?.name ?? [...wanted][0];
  if (other !== undefined) {
    throw new RestoreRefused(
      `The backup has another form of ${other} than its migrations make. Restore it with the version that made it.`,
    );
  }
}

/** Written aside, compared, put in place. One that is there already from an attempt before stays. */
async function restoreFiles(archive: CheckedArchive, { filesFolder, say }: RestoreWishes): Promise<void> {
  for (const { name, bytes, sha256 } of archive.manifest.files) {
    const path = join(filesFolder, name.replace(/^files\//, ''));
    if (await isSame(path, bytes, sha256)) {
      continue;
    }
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const aside = `${path}.part`;
    await rm(aside, { force: true });
    const file = await open(aside, 'wx', 0o600);
    try {
      await file.writeFile(archive.stream(name));
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(aside, path);
  }
  say(`${String(archive.manifest.files.length)} files`);
}

async function isSame(path: string, bytes: number, sha256: string): Promise<boolean> {
  const found = await stat(path).catch(() => null);
  if (found === null || found.size !== bytes) {
    return false;
  }
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) {
    hash.update(chunk as Buffer);
  }
  return hash.digest('hex') === sha256;
}
