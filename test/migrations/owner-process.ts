// A hub reduced to its hold on a data folder: owns it, starts its database, says so in one line, and lives until it is killed.
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../../apps/hub/src/database/embedded-postgres.js';
import { takeOwnership } from '../../apps/hub/src/database/owner-lock.js';

const dataDir = process.argv[2] ?? '';
await takeOwnership(dataDir);
const { url, adopted } = await startEmbeddedPostgres({
  folder: join(dataDir, 'postgres'),
  log: () => undefined,
  settings: { fsync: 'off' },
});
console.log(JSON.stringify({ url, adopted }));
setInterval(() => undefined, 60_000);
