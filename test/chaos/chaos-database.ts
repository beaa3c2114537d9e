import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { startEmbeddedPostgres } from '../../apps/hub/src/database/embedded-postgres.js';

/** Everything that waits for a lease or a time, due now. Only true while no hub runs: whoever held a lease is dead. */
const timeHasPassed = `
  update delivery set due_at = clock_timestamp() where state in ('sending', 'queued');
  update account_lease set lease_until = clock_timestamp();
  update attachment set due_at = clock_timestamp() where state = 'fetching';
  update idempotency_key set at = at - interval '2 minutes' where status is null;`;

/** The hub's database as an operator with psql and pg_ctl reaches it. */
export class ChaosDatabase {
  private readonly folder: string;

  constructor(dataDir: string) {
    this.folder = join(dataDir, 'postgres');
  }

  async url(database = 'peyk'): Promise<string> {
    const access = JSON.parse(await readFile(`${this.folder}.json`, 'utf8')) as { port: number; password: string };
    return `postgres://peyk:${access.password}@127.0.0.1:${String(access.port)}/${database}`;
  }

  async query<Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> {
    const client = new pg.Client({ connectionString: await this.url() });
    client.on('error', () => undefined);
    await client.connect();
    try {
      const result = await client.query<Row>(values.length > 0 ? { text, values } : { text });
      return result.rows ?? [];
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  /** The server reads an operator's own settings last. */
  private get ownSettings(): string {
    return join(this.folder, 'cluster/local.conf');
  }

  /** The hub was killed: lets the leases of the dead run out without the wait. */
  async passTime(): Promise<void> {
    await this.query(timeHasPassed);
  }

  /** The sessions of a killed hub finish what they were doing before they notice. Resolves when they are gone. */
  async lastWords(): Promise<void> {
    for (let look = 0; look < 500; look += 1) {
      const [others] = await this.query<{ n: number }>(
        `select count(*)::int as n from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()`,
      );
      if (others?.n === 0) {
        return;
      }
      await sleep(10);
    }
    throw new Error('sessions of the dead hub live on');
  }

  /** `pg_ctl stop -m immediate`: no checkpoint, the next start recovers from the log. */
  async stopAtOnce(): Promise<void> {
    const pidFile = join(this.folder, 'cluster/postmaster.pid');
    const pid = Number.parseInt(await readFile(pidFile, 'utf8'), 10);
    process.kill(pid, 'SIGQUIT');
    for (let waited = 0; waited < 10_000 && isAlive(pid); waited += 20) {
      await sleep(20);
    }
  }

  /** As stopAtOnce, and nobody can start it again until it is mended. */
  async breakDown(): Promise<void> {
    await writeFile(this.ownSettings, "shared_buffers = 'broken'\n");
    await this.stopAtOnce();
  }

  async mend(): Promise<void> {
    await rm(this.ownSettings, { force: true });
  }

  /** Starts it where it was, or finds that it runs. */
  async start(): Promise<void> {
    await this.mend();
    await startEmbeddedPostgres({ folder: this.folder, log: () => undefined });
  }

  async close(): Promise<void> {
    const server = await startEmbeddedPostgres({ folder: this.folder, log: () => undefined });
    await server.stop();
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
