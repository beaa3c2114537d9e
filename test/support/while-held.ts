import type { Database, Transaction } from '../../apps/hub/src/database/database.js';
import { until } from './until.js';

/** Holds an account as somebody who is about to change it, lets `work` run into that, and changes it when that waits. */
export async function whileHeld<Done>(
  database: Database,
  agentId: string,
  work: () => Promise<Done>,
  change: (tx: Transaction) => Promise<unknown>,
): Promise<Done> {
  let running: Promise<Done> | undefined;
  await database.transaction(async (tx) => {
    await tx.query('select 1 from agent where id = $1 for no key update', [agentId]);
    running = work();
    const [holder] = await tx.query<{ pid: number }>('select pg_backend_pid() as pid');
    // Asked from outside: within a transaction the list of who is at work stands still.
    await until(
      () => database.query('select 1 from pg_stat_activity where $1 = any (pg_blocking_pids(pid))', [holder?.pid]),
      (waiting) => waiting.length > 0,
    );
    await change(tx);
  });
  return running as Promise<Done>;
}
