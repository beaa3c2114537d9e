import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import type { HubConfig } from '#config';
import { createDataSource } from './database/data-source.js';
import { Database } from './database/database.js';
import { startEmbeddedPostgres, type EmbeddedPostgres } from './database/embedded-postgres.js';
import { isAway, isConnectionLoss } from './database/is-away.js';
import { settleRestored } from './database/settle-restored.js';
import { checkDatabase, migrate, UnfitDatabase } from './database/migrate.js';
import type { Closers } from './platform/operations/closers.js';
import type { Log } from './platform/operations/log.js';

/** A server that we started ourselves is there within this, or never. One of somebody else's is waited for as long as it takes. */
const embeddedPatienceMs = 30_000;
const pauseMs = { first: 250, longest: 5_000 };
const watchMs = 1000;
const tellAgainMs = 60_000;

interface Opening {
  log: Log;
  closers: Closers;
  /** Ends the wait for a database; what is being done to one is done to its end first. */
  signal: AbortSignal;
}

/**
 * Opens the database and brings its schema up to date, however long it takes to be there. Throws with a sentence for the operator what
 * waiting cannot cure, and the signal's reason when it is aborted; what was opened by then is among the closers.
 */
export async function openStorage(config: HubConfig, opening: Opening): Promise<Database> {
  const server = config.databaseUrl === null ? await startEmbedded(config, opening) : null;
  const database = await openDatabase(server?.url ?? (config.databaseUrl as string), server !== null, opening);
  if (server) {
    opening.closers.add(watchOver(server, database, opening.log));
  }
  return database;
}

async function startEmbedded(config: HubConfig, { log, closers }: Opening): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({
    folder: join(config.dataDir, 'postgres'),
    log: (line) => log.debug('PostgreSQL says something.', { line }),
  });
  closers.add(() => server.stop());
  if (server.adopted) {
    log.info('Adopted the database server that an earlier hub left running.');
  }
  return server;
}

/** Starts the embedded server again when it has died under a living hub. Returns what ends the watch. */
function watchOver(server: EmbeddedPostgres, database: Database, log: Log): () => Promise<void> {
  let looking: Promise<void> | null = null;
  const look = async (): Promise<void> => {
    if (!(await database.healthy()) && (await server.revive())) {
      log.warn('The database server had died and runs again.');
    }
  };
  const timer = setInterval(() => {
    looking ??= look()
      .catch((error: unknown) => log.error('The database server does not start.', error))
      .finally(() => (looking = null));
  }, watchMs);
  return async () => {
    clearInterval(timer);
    await looking;
  };
}

async function openDatabase(url: string, isOurs: boolean, { log, closers, signal }: Opening): Promise<Database> {
  const giveUpAt = isOurs ? performance.now() + embeddedPatienceMs : Infinity;
  let tellAt = 0;
  for (let attempt = 0; ; attempt++) {
    signal.throwIfAborted();
    try {
      const dataSource = await connect(url, signal);
      const database = await prepare(dataSource, log);
      closers.add(() => dataSource.destroy());
      return database;
    } catch (error) {
      if (signal.aborted || !isPassing(error) || performance.now() > giveUpAt) {
        throw explain(error, signal);
      }
      if (performance.now() >= tellAt) {
        tellAt = performance.now() + tellAgainMs;
        log.warn('The database cannot be reached yet. It is tried again until it can.', { reason: reasonOf(error) });
      }
    }
    await pause(attempt, signal);
  }
}

/** Connecting may take seconds where packets vanish; whoever is asked to stop does not wait for that. */
async function connect(url: string, signal: AbortSignal): Promise<DataSource> {
  const dataSource = createDataSource(url);
  const connecting = dataSource.initialize();
  const { promise: stopped, reject } = Promise.withResolvers<never>();
  const stop = (): void => reject(signal.reason as Error);
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await Promise.race([connecting, stopped]);
  } catch (error) {
    connecting.then(
      () => dataSource.destroy(),
      () => undefined,
    );
    throw error;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

async function prepare(dataSource: DataSource, log: Log): Promise<Database> {
  const database = new Database(dataSource);
  try {
    const ran = await migrate(dataSource);
    if (ran.length > 0) {
      log.info('The schema was brought up to date.', { migrations: ran.length });
      // A connection keeps in memory what it has changed of the schema: those that follow begin small.
      await dataSource.destroy();
      await dataSource.initialize();
    }
    if (await database.transaction(settleRestored)) {
      log.info('This database was restored from another server: readers of the log go on where they were.');
    }
    for (const warning of await checkDatabase(database)) {
      log.warn(warning);
    }
    return database;
  } catch (error) {
    await dataSource.destroy();
    throw error;
  }
}

/** Whether it may be well by itself: the database is not there, or went away in the middle. */
function isPassing(error: unknown): boolean {
  return isConnectionLoss(error) || isAway(error) || (error instanceof UnfitDatabase && isPassing(error.cause));
}

async function pause(attempt: number, signal: AbortSignal): Promise<void> {
  const longest = Math.min(pauseMs.first * 2 ** Math.min(attempt, 10), pauseMs.longest);
  await sleep(longest * (0.5 + Math.random() / 2), undefined, { signal }).catch(() => undefined);
}

function explain(error: unknown, signal: AbortSignal): unknown {
  if (signal.aborted || error instanceof UnfitDatabase) {
    return error;
  }
  return new Error(`The database cannot be opened: ${reasonOf(error)}`, { cause: error });
}

/** An error over several addresses has a code and no message. */
function reasonOf(error: unknown): string {
  const { message, code } = error as { message?: string; code?: unknown };
  return message ? message : String(code);
}
