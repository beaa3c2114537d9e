import { randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';

/** What the next start needs to find the server again. Kept in a file that only the hub's account may read. */
export interface PostgresAccess {
  port: number;
  password: string;
}

/** Durable, and small enough for hub and database to idle in 220 MB together. */
const DEFAULTS: Record<string, string> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '60',
  shared_buffers: '64MB',
  maintenance_work_mem: '32MB',
  effective_cache_size: '512MB',
  min_wal_size: '64MB',
  max_wal_size: '512MB',
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  io_method: 'sync',
  jit: 'off',
  max_worker_processes: '4',
  max_logical_replication_workers: '0',
  max_parallel_workers_per_gather: '0',
  autovacuum_max_workers: '2',
  timezone: 'UTC',
  log_timezone: 'UTC',
  lc_messages: 'C',
  // A refused row would put addresses and texts of customers into the log, so errors of statements stay out of it.
  log_min_messages: 'log',
  log_checkpoints: 'off',
  log_line_prefix: '%m [%p] ',
};

/** The whole postgresql.conf. An operator's own wishes go into local.conf beside it, which is read last. */
export function renderSettings(port: number, settings: Record<string, string>): string {
  const all = { ...DEFAULTS, ...settings, port: String(port) };
  const lines = Object.entries(all).map(([name, value]) => `${name} = '${value.replaceAll("'", "''")}'`);
  return [
    '# Written by Peyk at every start. Put settings of your own into local.conf in this folder.',
    ...lines,
    "include_if_exists = 'local.conf'",
    '',
  ].join('\n');
}

export async function readAccess(path: string): Promise<PostgresAccess | null> {
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text === null) {
    return null;
  }
  try {
    const access = JSON.parse(text) as PostgresAccess;
    return Number.isInteger(access.port) && typeof access.password === 'string' ? access : null;
  } catch {
    return null;
  }
}

export async function writeAccess(path: string, access: PostgresAccess): Promise<void> {
  await writeFile(`${path}.new`, JSON.stringify(access), { mode: 0o600, flush: true });
  await rename(`${path}.new`, path);
}

export async function newAccess(): Promise<PostgresAccess> {
  return { port: await findFreePort(0), password: randomBytes(24).toString('base64url') };
}

/** The wished port of the loopback address if nobody has it, else another free one. */
export async function findFreePort(wished: number): Promise<number> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (wished !== 0 && (error.code === 'EADDRINUSE' || error.code === 'EACCES')) {
        resolve(findFreePort(0));
      } else {
        reject(error);
      }
    });
    server.listen({ host: '127.0.0.1', port: wished }, () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
