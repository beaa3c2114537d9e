import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { HubConfig } from '#config';
import { startEmbeddedPostgres } from '../database/embedded-postgres.js';
import { DataFolderOwned, takeOwnership, type Ownership } from '../database/owner-lock.js';
import { readAccess, type PostgresAccess } from '../database/postgres-settings.js';

/** An installation as a command finds it. */
export interface Installation {
  databaseUrl: string;
  /** Whether a hub works on the data folder now. */
  isRunning: boolean;
  close(): Promise<void>;
}

export const filesOf = ({ dataDir }: Pick<HubConfig, 'dataDir'>): string => join(dataDir, 'files');

/** As package.json of this program says, from the sources and from what was built of them. */
export function programVersion(): string {
  const path = ['../../../..', '../../../../..'].map((up) => resolve(import.meta.dirname, up, 'package.json'));
  for (const candidate of path) {
    try {
      return (JSON.parse(readFileSync(candidate, 'utf8')) as { version?: string }).version ?? 'unknown';
    } catch {
      continue;
    }
  }
  return 'unknown';
}

/**
 * Reaches the database of an installation whether its hub runs or not: the embedded server of a hub that stands still is started, and
 * stopped again by `close`. A folder without one is a wrong DATA_DIR, and is left as it is. With `alone` it throws DataFolderOwned while a
 * hub works on the folder, and begins one that is empty.
 */
export async function reachInstallation(
  config: Pick<HubConfig, 'dataDir' | 'databaseUrl'>,
  { alone = false } = {},
): Promise<Installation> {
  if (config.databaseUrl === null && !alone) {
    await findAccess(config);
  }
  const ownership = await takeOwnership(config.dataDir).catch((error: unknown) => {
    if (error instanceof DataFolderOwned && !alone) {
      return null;
    }
    throw error;
  });
  if (config.databaseUrl !== null) {
    // Nothing of the folder is changed by whoever only reads the database.
    await (alone ? null : ownership?.release());
    return {
      databaseUrl: config.databaseUrl,
      isRunning: ownership === null,
      close: () => release(alone ? ownership : null),
    };
  }
  return ownership === null ? besideHub(config) : onOwnServer(config, ownership);
}

async function release(ownership: Ownership | null): Promise<void> {
  await ownership?.release();
}

async function findAccess({ dataDir }: Pick<HubConfig, 'dataDir'>): Promise<PostgresAccess> {
  const access = await readAccess(join(dataDir, 'postgres.json'));
  if (access === null) {
    throw new Error(
      `There is no database of Peyk in ${dataDir}. Set DATA_DIR or DATABASE_URL as the hub has it, or run this where its .env is; a hub that ` +
        'has just been started for the first time needs a moment.',
    );
  }
  return access;
}

async function besideHub(config: Pick<HubConfig, 'dataDir'>): Promise<Installation> {
  const { password, port } = await findAccess(config);
  const databaseUrl = `postgres://peyk:${encodeURIComponent(password)}@127.0.0.1:${String(port)}/peyk`;
  return { databaseUrl, isRunning: true, close: () => Promise.resolve() };
}

async function onOwnServer({ dataDir }: Pick<HubConfig, 'dataDir'>, ownership: Ownership): Promise<Installation> {
  try {
    const server = await startEmbeddedPostgres({ folder: join(dataDir, 'postgres'), log: () => undefined });
    const close = async (): Promise<void> => {
      await server.stop();
      await ownership.release();
    };
    return { databaseUrl: server.url, isRunning: false, close };
  } catch (error) {
    await ownership.release();
    throw error;
  }
}
