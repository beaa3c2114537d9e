import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Type } from '@nestjs/common';
import { parseConfig } from '#config';
import { Database } from '../../apps/hub/src/database/database.js';
import { createLog } from '../../apps/hub/src/platform/operations/log.js';
import { startHub, type RunningHub } from '../../apps/hub/src/start-hub.js';
import { beside, refuseSecondConnections } from './refuse-second-connections.js';
import { createTestDatabase } from './test-database.js';

refuseSecondConnections();

/** The first administrator of every test hub, unless a test wants none. */
export const admin = { email: 'admin@peyk.test', password: 'correct horse battery' };

export interface TestHub extends RunningHub {
  database: Database;
  dataDir: string;
  /** The log's lines so far, as they were written. */
  logged(): string;
}

export interface HubWishes {
  /** Variables over the test's own; an empty one unsets. */
  env?: Record<string, string>;
  /** Modules beside the hub's own, for doors that only a test has. */
  rooms?: Type[];
  /** Shared by hubs that are nodes of one installation; whoever made it drops it. */
  databaseUrl?: string;
}

/** The real hub on a free port, with a database and a data folder of its own. `stop` in afterAll takes both away. */
export async function startTestHub(wishes: HubWishes = {}): Promise<TestHub> {
  const own = wishes.databaseUrl === undefined ? await createTestDatabase() : null;
  const dataDir = await mkdtemp(join(tmpdir(), 'peyk-data-'));
  await chmod(dataDir, 0o755);
  const config = parseConfig({
    PORT: '0',
    DATA_DIR: dataDir,
    DATABASE_URL: wishes.databaseUrl ?? own?.url,
    PEYK_ADMIN_EMAIL: admin.email,
    PEYK_ADMIN_PASSWORD: admin.password,
    ...wishes.env,
  });
  const lines: string[] = [];
  const clear = async (): Promise<void> => {
    await own?.drop();
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    const hub = await startHub(config, createLog('debug', { write: (line) => void lines.push(line) }), wishes.rooms);
    const stop = async (): Promise<void> => {
      await hub.stop();
      await clear();
    };
    const database = beside(hub.app.get(Database));
    return { ...hub, stop, dataDir, database, logged: () => lines.join('') };
  } catch (error) {
    await clear();
    throw error;
  }
}
