import './run-typescript.mjs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestCluster } from './start-cluster.js';
import { endPostmaster } from './stop-postmaster.js';

// oxlint-disable-next-line import/no-default-export -- Jest wants a default export here.
export default async function stopCluster(): Promise<void> {
  const cluster = (globalThis as { peykTestCluster?: TestCluster }).peykTestCluster;
  if (cluster !== undefined) {
    await endPostmaster(join(cluster.folder, 'postgres'));
    await rm(cluster.folder, { recursive: true, force: true });
  }
}
