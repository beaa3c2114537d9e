import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { PoolClient } from 'pg';
import type { Sql } from '#channels';
import { failpoint } from '#failpoint';
import { ArchiveWriter } from './archive-writer.js';
import { CopyOut } from './copy-stream.js';
import { keyEntry, manifestEntry, newManifest, type Manifest, type TableInBackup } from './manifest.js';
import { onOwnConnection } from './own-connection.js';
import { copyOut, ownTables, portableText, quoted, usedSequences, type OwnTable } from './schema-rows.query.js';
import { fingerprintOf, sealKeys } from './sealed-keys.js';
import { TableSum } from './table-sum.js';

export interface BackupWishes {
  databaseUrl: string;
  /** Where attachments, recordings and prompts are. */
  filesFolder: string;
  /** The file to write, or a folder that it is given a name in. */
  to: string;
  keys: readonly Buffer[];
  /** Null: the keys are left out. */
  passphrase: string | null;
  version: string;
  say: (line: string) => void;
}

export interface WrittenBackup {
  path: string;
  bytes: number;
  manifest: Manifest;
}

const ending = '.peyk.tar';
/** What was begun and never ended is taken away after this. */
const abandonedMs = 86_400_000;
/** About so much of a table is compressed at once. A longer row is a part of its own. */
const partBytes = 4 << 20;
const compress = promisify<Buffer, { level: number }, Buffer>(gzip);

/**
 * Writes everything that a hub knows into one file, as it was at one moment, while the hub works on. Under another name until it is whole
 * and on disk, so a file with the name of a backup is one.
 */
export async function writeBackup(wishes: BackupWishes): Promise<WrittenBackup> {
  const path = await nameOf(wishes.to);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await removeAbandoned(dirname(path));
  const aside = `${path.replace(ending, '')}.${randomBytes(4).toString('hex')}${ending}.part`;
  const file = await open(aside, 'wx', 0o600);
  try {
    const { bytes, manifest } = await fill(file, wishes);
    await file.close();
    failpoint('backup.before-rename');
    await rename(aside, path);
    await syncFolder(dirname(path));
    await onOwnConnection(wishes.databaseUrl, 'peyk backup', ({ sql }) => noteBackup(sql, manifest, bytes));
    return { path, bytes, manifest };
  } catch (error) {
    await file.close().catch(() => undefined);
    await rm(aside, { force: true });
    throw error;
  }
}

function fill(file: FileHandle, wishes: BackupWishes): Promise<{ bytes: number; manifest: Manifest }> {
  return onOwnConnection(wishes.databaseUrl, 'peyk backup', async ({ client, sql }) => {
    const tables = await sql.query<OwnTable & Record<string, unknown>>(ownTables);
    if (tables.length === 0) {
      throw new Error('There is no Peyk in this database yet: there is nothing to back up.');
    }
    await sql.query('begin isolation level repeatable read read only');
    await sql.query(portableText);
    // Before the snapshot: a migration that ran between the two would change what is under it.
    await sql.query(`lock table ${tables.map(({ name }) => quoted(name)).join(', ')} in access share mode`);
    const manifest = await begin(sql, wishes);
    if (JSON.stringify(await sql.query(ownTables)) !== JSON.stringify(tables)) {
      throw new Error('The schema was changed in this moment. Try again.');
    }
    const archive = new ArchiveWriter(file);
    await archive.addJson('about.json', { ...manifest, tables: tables.length, files: undefined });
    if (wishes.passphrase !== null) {
      await archive.addJson(keyEntry, await sealKeys(wishes.keys, wishes.passphrase));
    }
    for (const table of tables) {
      const written = await addTable(archive, client, table);
      manifest.tables.push(written);
      if (written.rows > 0) {
        wishes.say(`${table.name}: ${String(written.rows)} rows`);
      }
    }
    manifest.sequences = await sql.query<{ name: string; last: string }>(usedSequences);
    await addFiles(archive, client, { tables, manifest, folder: wishes.filesFolder });
    await sql.query('commit');
    await archive.addJson(manifestEntry, manifest);
    await archive.seal();
    return { bytes: archive.bytes, manifest };
  });
}

async function begin(sql: Sql, { keys, passphrase, version }: BackupWishes): Promise<Manifest> {
  const [server] = await sql.query<{ at: Date; postgres: string }>(
    `select clock_timestamp() as at, current_setting('server_version') as postgres`,
  );
  const migrations = await sql.query<{ name: string }>('select name from migration order by timestamp, id');
  return newManifest({
    madeAt: server?.at.toISOString() ?? '',
    postgres: server?.postgres ?? '',
    version,
    migrations: migrations.map(({ name }) => name),
    keys: { sealed: passphrase !== null, fingerprints: keys.map(fingerprintOf) },
  });
}

async function addTable(archive: ArchiveWriter, client: PoolClient, table: OwnTable): Promise<TableInBackup> {
  const sum = new TableSum();
  const parts: TableInBackup['parts'] = [];
  let gathered: Buffer[] = [];
  let size = 0;
  const write = async (): Promise<void> => {
    const packed = await compress(Buffer.concat(gathered, size), { level: 3 });
    const name = `tables/${table.name}/${String(parts.length + 1).padStart(6, '0')}.copy.gz`;
    parts.push(await archive.add(name, packed.length, [packed]));
    gathered = [];
    size = 0;
  };
  for await (const row of client.query(new CopyOut(copyOut(table))) as AsyncIterable<Buffer>) {
    sum.add(row);
    gathered.push(row);
    size += row.length;
    if (size >= partBytes) {
      await write();
    }
  }
  if (size > 0) {
    await write();
  }
  return { name: table.name, columns: table.columns, rows: sum.rows, sum: sum.sum, parts };
}

interface Files {
  tables: OwnTable[];
  manifest: Manifest;
  folder: string;
}

/** Every file that a row of the snapshot names. One that was erased meanwhile, or was lost before, is named as missing. */
async function addFiles(
  archive: ArchiveWriter,
  client: PoolClient,
  { tables, manifest, folder }: Files,
): Promise<void> {
  const naming = tables.filter(({ name, namesFiles }) => namesFiles && name !== 'spent_file');
  const keys = naming.map(({ name }) => `select storage_key from ${quoted(name)} where storage_key is not null`);
  for await (const row of client.query(
    new CopyOut(`copy (${keys.join(' union ')}) to stdout`),
  ) as AsyncIterable<Buffer>) {
    const key = row.toString('utf8').trimEnd();
    const stored = await open(join(folder, key), constants.O_RDONLY).catch(absent);
    if (stored === null) {
      manifest.missing.push(key);
      continue;
    }
    try {
      const { size } = await stored.stat();
      manifest.files.push(await archive.add(`files/${key}`, size, stored.createReadStream({ autoClose: false })));
    } finally {
      await stored.close();
    }
  }
}

function absent(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') {
    return null;
  }
  throw error;
}

/** What the console shows as the last backup. */
async function noteBackup(sql: Sql, { madeAt }: Manifest, bytes: number): Promise<void> {
  await sql.query(
    `insert into setting (key, value) values ('backup', $1) on conflict (key) do update set value = excluded.value, changed_at = clock_timestamp()`,
    [JSON.stringify({ madeAt, bytes })],
  );
}

async function nameOf(to: string): Promise<string> {
  const found = await stat(to).catch(() => null);
  const isFolder = found?.isDirectory() ?? !basename(to).includes('.');
  const path = isFolder ? join(to, `peyk-${new Date().toISOString().slice(0, 19).replaceAll(':', '-')}${ending}`) : to;
  if ((await stat(path).catch(() => null)) !== null) {
    throw new Error(`${path} is there already.`);
  }
  return path;
}

async function removeAbandoned(folder: string): Promise<void> {
  for (const name of (await readdir(folder)).filter((one) => one.endsWith(`${ending}.part`))) {
    const found = await stat(join(folder, name)).catch(() => null);
    if (found !== null && Date.now() - found.mtimeMs > abandonedMs) {
      await rm(join(folder, name), { force: true });
    }
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
