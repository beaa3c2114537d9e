import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import type { HubConfig } from '#config';
import { createDataSource } from './database/data-source.js';
import { Database } from './database/database.js';
import { startEmbeddedPostgres, type EmbeddedPostgres } from './database/embedded-postgres.js';
import { isConnectionLoss } from './database/is-away.js';
import { checkDatabase, migrate } from './database/migrate.js';
import { takeOwnership } from './database/owner-lock.js';
import type { Log } from './platform/operations/log.js';

export interface Storage {
  database: Database;
  close(): Promise<void>;
}

const patienceMs = 30_000;
const pauseMs = 1000;

/**
 * Opens the data folder and the database, in the order in which they depend on each other, and closes them in the reverse one.
 * Throws with a sentence for the operator, and leaves nothing open then.
 */
export async function openStorage(config: HubConfig, log: Log): Promise<Storage> {
  const closers: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (const closer of closers.splice(0).reverse()) {
      await closer().catch((error: unknown) => log.error('Something did not close.', error));
    }
  };
  try {
    const ownership = await takeOwnership(config.dataDir);
    closers.push(() => ownership.release());
    const server = config.databaseUrl === null ? await startEmbedded(config, log, closers) : null;
    const dataSource = await connect(server?.url ?? (config.databaseUrl as string), log);
    closers.push(() => dataSource.destroy());
    const database = new Database(dataSource);
    await prepare(dataSource, database, log);
    if (server) {
      closers.push(watchOver(server, database, log));
    }
    return { database, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function startEmbedded(config: HubConfig, log: Log, closers: (() => Promise<void>)[]): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({
    folder: join(config.dataDir, 'postgres'),
    log: (line) => log.debug('PostgreSQL says something.', { line }),
  });
  closers.push(() => server.stop());
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
  }, pauseMs);
  return async () => {
    clearInterval(timer);
    await looking;
  };
}

/** A database that starts together with the hub may need a moment; one that refuses us is told at once. */
async function connect(url: string, log: Log): Promise<DataSource> {
  const giveUpAt = performance.now() + patienceMs;
  for (;;) {
    const dataSource = createDataSource(url);
    try {
      return await dataSource.initialize();
    } catch (error) {
      if (!isConnectionLoss(error) || performance.now() > giveUpAt) {
        throw new Error(
          `The database cannot be opened: ${(error as Error).message || String(Reflect.get(error as object, 'code'))}`,
          { cause: error },
        );
      }
      log.warn('The database cannot be reached yet.', { triesForSeconds: patienceMs / 1000 });
    }
    await sleep(pauseMs);
  }
}

async function prepare(dataSource: DataSource, database: Database, log: Log): Promise<void> {
  const ran = await migrate(dataSource);
  if (ran.length > 0) {
    log.info('The schema was brought up to date.', { migrations: ran.length });
  }
  for (const warning of await checkDatabase(database)) {
    log.warn(warning);
  }
}
