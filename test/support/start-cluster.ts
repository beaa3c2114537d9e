// Jest loads this file outside its own module system, which is what maps .js to .ts elsewhere.
import './run-typescript.mjs';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createDataSource } from '../../apps/hub/src/database/data-source.js';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../apps/hub/src/database/embedded-postgres.js';
import { migrate } from '../../apps/hub/src/database/migrate.js';
import { isSameProcessAlive, thisProcess, type ProcessIdentity } from '../../apps/hub/src/database/process-identity.js';
import { findRoomyPlace, IN_MEMORY, makeServerFolder, SERVER_FOLDER_PREFIX, SERVER_PLACES } from './server-folder.js';
import { endPostmaster } from './stop-postmaster.js';

/** The run's cluster, for the teardown in the same process. */
export interface TestCluster {
  folder: string;
  server: EmbeddedPostgres;
}

/** A cluster of a test run loses nothing that anybody needs. */
const FAST = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '200',
  max_wal_size: '512MB',
  checkpoint_timeout: '1h',
  autovacuum: 'off',
};

/** One embedded PostgreSQL for the whole run, with a migrated template that every test file copies. */
// oxlint-disable-next-line import/no-default-export -- Jest wants a default export here.
export default async function startCluster(): Promise<void> {
  await reapStale();
  const folder = await makeServerFolder(await findRoomyPlace());
  const server = await startEmbeddedPostgres({
    folder: join(folder, 'postgres'),
    log: () => undefined,
    settings: FAST,
  });
  (globalThis as { peykTestCluster?: TestCluster }).peykTestCluster = { folder, server };
  await makeTemplate(server.url);
  process.env['PEYK_TEST_DATABASE_URL'] = server.url;
}

async function makeTemplate(url: string): Promise<void> {
  const admin = await createDataSource(url, { poolSize: 1 }).initialize();
  await admin.query('create database peyk_template');
  const template = await createDataSource(url.replace(/\/peyk$/, '/peyk_template'), { poolSize: 1 }).initialize();
  await migrate(template);
  await template.destroy();
  await admin.query('alter database peyk_template with is_template true allow_connections false');
  await admin.destroy();
}

/** Clusters of runs that were killed. Their owner's identity tells them from those of runs beside this one. */
async function reapStale(): Promise<void> {
  const { place } = await thisProcess();
  const found = await Promise.all(
    SERVER_PLACES.map(async (place) => (await readdir(place).catch(() => [])).map((name) => ({ place, name }))),
  );
  for (const { place: within, name } of found.flat().filter((entry) => entry.name.startsWith(SERVER_FOLDER_PREFIX))) {
    const folder = join(within, name);
    const owner = await readOwner(folder);
    // Memory may be shared with containers that live, and holds nothing of a machine that was started anew.
    const isGone = owner?.place === place ? !(await isSameProcessAlive(owner)) : owner !== null && within !== IN_MEMORY;
    if (isGone) {
      await endPostmaster(join(folder, 'postgres'));
      await rm(folder, { recursive: true, force: true });
    }
  }
}

async function readOwner(folder: string): Promise<ProcessIdentity | null> {
  try {
    return JSON.parse(await readFile(join(folder, 'owner.json'), 'utf8')) as ProcessIdentity;
  } catch {
    return null;
  }
}
