import { chown, mkdir, readFile, readlink, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { findPostgresPrograms, runProgram, type PostgresPrograms } from './postgres-programs.js';
import {
  findFreePort,
  newAccess,
  readAccess,
  renderSettings,
  writeAccess,
  type PostgresAccess,
} from './postgres-settings.js';
import { checkReach, findPostgresUser, type PostgresUser } from './postgres-user.js';
import { isProcessAlive } from './process-identity.js';

export interface EmbeddedPostgresOptions {
  /** Everything of the server lives here; created when missing. Its port and password are kept beside it, in `<folder>.json`. */
  folder: string;
  log: (line: string) => void;
  /** Settings of postgresql.conf over the durable defaults; for tests. They do not reach a server that is adopted. */
  settings?: Record<string, string>;
}

export interface EmbeddedPostgres {
  url: string;
  /** Whether it was already running: a hub before this one was killed and its server lived on. */
  adopted: boolean;
  /** Starts it again, at the same url, if it has died while the hub lived. Returns whether that was needed. */
  revive(): Promise<boolean>;
  /** A fast shutdown: sessions are cut, what was committed stays. */
  stop(): Promise<void>;
}

const ROLE = 'peyk';
const START_SECONDS = 60;
const START_ATTEMPTS = 3;

/** Above what any system gives out, so nobody's. */
const NO_PID = 2_147_483_646;

const LOG_LIMIT_BYTES = 5_000_000;
const INITDB_FLAGS = [
  `--username=${ROLE}`,
  '--auth=scram-sha-256',
  '--encoding=UTF8',
  '--locale-provider=icu',
  '--icu-locale=fa',
  '--lc-collate=C',
  '--lc-ctype=C.UTF-8',
  '--data-checksums',
];

/** What the steps below share. */
interface Cluster extends EmbeddedPostgresOptions {
  programs: PostgresPrograms;
  user: PostgresUser | null;
  pgdata: string;
  accessFile: string;
}

/**
 * Starts the embedded PostgreSQL of a data folder, or adopts it where it still runs.
 *
 * The server is no child of ours: it outlives a killed hub, so that nothing is recovered and no port moves when the next one
 * starts. The caller makes sure (takeOwnership) that one hub at a time calls this for a folder.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const cluster = await prepare(options);
  const access = await initialise(cluster);
  const running = await findRunning(cluster, access);
  const adopted = running !== null;
  if (adopted) {
    options.log('The embedded PostgreSQL was still running and is used as it is.');
  }
  const port = running ?? (await start(cluster, access));
  await createDatabase(urlOf(access.password, port, 'postgres'));
  if (port !== access.port) {
    await writeAccess(cluster.accessFile, { ...access, port });
  }
  return {
    url: urlOf(access.password, port, ROLE),
    adopted,
    revive: () => revive(cluster, { ...access, port }),
    stop: () => stop(cluster),
  };
}

async function revive(cluster: Cluster, access: PostgresAccess): Promise<boolean> {
  if ((await findRunning(cluster, access)) !== null) {
    return false;
  }
  cluster.log('The embedded PostgreSQL has died and is started again.');
  const port = await start(cluster, access);
  if (port !== access.port) {
    await stop(cluster);
    throw new Error(`Port ${String(access.port)} of the embedded PostgreSQL was taken. Restart Peyk to let it move.`);
  }
  return true;
}

async function prepare(options: EmbeddedPostgresOptions): Promise<Cluster> {
  const folder = resolve(options.folder);
  const programs = await findPostgresPrograms();
  const pgdata = join(folder, 'cluster');
  const user = await findPostgresUser(pgdata);
  if (user !== null) {
    await checkReach(user, [folder, programs.postgres]);
  }
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (user !== null) {
    await chown(folder, user.uid, user.gid);
  }
  return { ...options, folder, programs, user, pgdata, accessFile: `${folder}.json` };
}

/** Makes the cluster under another name first, so that one that was interrupted is never taken for a whole one. */
async function initialise(cluster: Cluster): Promise<PostgresAccess> {
  const { folder, pgdata, programs, user } = cluster;
  const known = await readAccess(cluster.accessFile);
  const version = await readFile(join(pgdata, 'PG_VERSION'), 'utf8').catch(() => null);
  if (version !== null) {
    await checkVersion(cluster, version.trim());
    return known ?? (await resetPassword(cluster));
  }
  cluster.log('Creating the embedded PostgreSQL. This happens once.');
  const access = await newAccess();
  const unfinished = join(folder, 'cluster.new');
  const passwordFile = join(folder, 'password.new');
  await rm(unfinished, { recursive: true, force: true });
  await rm(passwordFile, { force: true });
  try {
    await writeFile(passwordFile, access.password, { mode: 0o600 });
    if (user !== null) {
      await chown(passwordFile, user.uid, user.gid);
    }
    const sync = cluster.settings?.['fsync'] === 'off' ? ['--no-sync'] : [];
    await runProgram(
      programs.initdb,
      [`--pgdata=${unfinished}`, `--pwfile=${passwordFile}`, ...INITDB_FLAGS, ...sync],
      cluster,
    );
  } finally {
    await rm(passwordFile, { force: true });
  }
  await writeAccess(cluster.accessFile, access);
  await rename(unfinished, pgdata);
  return access;
}

async function checkVersion(cluster: Cluster, version: string): Promise<void> {
  const words = await runProgram(cluster.programs.postgres, ['--version'], cluster);
  const own = /\) (\d+)/.exec(words)?.[1];
  if (own !== version) {
    throw new Error(
      `${cluster.pgdata} was written by PostgreSQL ${version}, and Peyk now brings ${own ?? words}. Back up with the Peyk ` +
        'that wrote it, move the folder away, start, and restore.',
    );
  }
}

/** The file with the password is gone: gives the role a new one, on a server of our own that nobody else reaches. */
async function resetPassword(cluster: Cluster): Promise<PostgresAccess> {
  cluster.log(`${cluster.accessFile} is gone, so the embedded PostgreSQL gets a new password.`);
  await stop(cluster);
  const access = await newAccess();
  await runProgram(cluster.programs.postgres, ['--single', '-D', cluster.pgdata, 'postgres'], {
    ...cluster,
    input: `ALTER ROLE ${ROLE} PASSWORD '${access.password}'\n`,
  });
  await writeAccess(cluster.accessFile, access);
  return access;
}

/** The port of our server if it runs and takes our password. One that is starting or stopping is waited for. */
async function findRunning(cluster: Cluster, access: PostgresAccess): Promise<number | null> {
  const deadline = performance.now() + START_SECONDS * 1000;
  while (performance.now() < deadline) {
    const postmaster = await findPostmaster(cluster);
    if (postmaster === null) {
      return null;
    }
    const answer = await ask(urlOf(access.password, postmaster.port, 'postgres'));
    if (answer === 'password') {
      throw new Error(
        `The PostgreSQL that runs on ${cluster.pgdata} does not take the password of ${cluster.accessFile}.`,
      );
    }
    if (answer === 'ready') {
      return postmaster.port;
    }
    await sleep(100);
  }
  throw new Error(`The PostgreSQL that runs on ${cluster.pgdata} does not answer.`);
}

/**
 * Who postmaster.pid names, if that process is a server on our files.
 *
 * A pid that is somebody else's now would keep the server from starting, so it is struck out. The file itself stays: by its other
 * lines a new server makes sure that no session of the old one still writes.
 */
async function findPostmaster(cluster: Cluster): Promise<{ port: number } | null> {
  const pidFile = join(cluster.pgdata, 'postmaster.pid');
  const lines = (await readFile(pidFile, 'utf8').catch(() => '')).split('\n');
  const pid = Number.parseInt(lines[0] ?? '', 10);
  if (!Number.isInteger(pid) || !isProcessAlive(pid)) {
    return null;
  }
  if (await worksIn(pid, cluster.pgdata)) {
    return { port: Number.parseInt(lines[3] ?? '', 10) || 0 };
  }
  await writeFile(pidFile, [String(NO_PID), ...lines.slice(1)].join('\n'));
  return null;
}

/** A postmaster's working directory is its data folder. Where the system does not tell, the pid alone is believed. */
async function worksIn(pid: number, folder: string): Promise<boolean> {
  if (process.platform !== 'linux') {
    return true;
  }
  try {
    return (await readlink(`/proc/${String(pid)}/cwd`)) === (await realpath(folder));
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ENOENT';
  }
}

async function ask(url: string): Promise<'ready' | 'password' | 'silent'> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return 'ready';
  } catch (error) {
    return (error as { code?: string }).code === '28P01' ? 'password' : 'silent';
  } finally {
    await client.end().catch(() => undefined);
  }
}

/**
 * Starts the server on the port it had, or on another where that is taken, and resolves with the port. It may take more than one
 * try: somebody grabs the port after we looked, or sessions of a killed server are still letting go of its memory.
 */
async function start(cluster: Cluster, access: PostgresAccess): Promise<number> {
  let lastError: unknown;
  for (let attempt = 0; attempt < START_ATTEMPTS; attempt++) {
    const port = await findFreePort(access.port);
    try {
      await startOn(cluster, port);
      return port;
    } catch (error) {
      lastError = error;
      await sleep(250);
    }
  }
  throw new Error(`The embedded PostgreSQL did not start. ${await tailOfLog(cluster)}`, { cause: lastError });
}

async function startOn(cluster: Cluster, port: number): Promise<void> {
  const { pgdata, programs } = cluster;
  const logFile = logOf(cluster);
  if (((await stat(logFile).catch(() => null))?.size ?? 0) > LOG_LIMIT_BYTES) {
    await rename(logFile, `${logFile}.1`);
  }
  await writeFile(join(pgdata, 'postgresql.conf'), renderSettings(port, cluster.settings ?? {}));
  await runProgram(
    programs.pg_ctl,
    ['start', '-s', '-w', '-t', String(START_SECONDS), '-D', pgdata, '-l', logFile],
    cluster,
  );
}

async function createDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query('select 1 from pg_database where datname = $1', [ROLE]);
    if (rows.length === 0) {
      await client.query(`create database ${ROLE}`);
    }
  } finally {
    await client.end();
  }
}

async function stop(cluster: Cluster): Promise<void> {
  if ((await findPostmaster(cluster)) !== null) {
    await runProgram(
      cluster.programs.pg_ctl,
      ['stop', '-s', '-w', '-m', 'fast', '-t', String(START_SECONDS), '-D', cluster.pgdata],
      cluster,
    );
  }
}

async function tailOfLog(cluster: Cluster): Promise<string> {
  const text = await readFile(logOf(cluster), 'utf8').catch(() => '');
  return `The end of ${logOf(cluster)}:\n${text.trimEnd().split('\n').slice(-8).join('\n')}`;
}

function logOf(cluster: Cluster): string {
  return join(cluster.folder, 'server.log');
}

function urlOf(password: string, port: number, database: string): string {
  return `postgres://${ROLE}:${password}@127.0.0.1:${String(port)}/${database}`;
}
