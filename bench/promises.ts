import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DatabaseServer } from './database-server.js';
import { percentile, show } from './figures.js';
import { administrator, SignedIn, startBuiltHub } from './hub-program.js';
import { cpuMsBelow, loadAverage, type Program } from './machine.js';
import type { Settings } from './settings.js';

const database = 'promises';
const perSecond = 100;
const targetMs = 3_600_000;
const lateBudgetMs = 500;
const restartBudgetMs = 1_000;
const patienceMs = 30_000;
/** Before the first clock is due: what was put there has to be committed by then. */
const leadMs = 4_000;

/** How late broken promises are told: at a hundred a second by two nodes, and after both were dead while some came due. */
export async function measurePromises({ main, isSmall }: Settings): Promise<boolean> {
  const server = await DatabaseServer.start();
  await server.checkDurable();
  await server.create(database);
  const start = (name: string): Promise<Program> =>
    startBuiltHub({
      main,
      dataDir: join(server.folder, name),
      databaseUrl: server.urlOf(database),
      env: { SECRET_KEY: Buffer.alloc(32, 7).toString('base64') },
    });
  const hubs = [await start('one'), await start('two')];
  await promise(hubs[0] as Program);
  const isPrompt = await tellInTime(server, isSmall ? 1_000 : 6_000);
  return (await tellAfterRestart(server, hubs, () => start('one'))) && isPrompt;
}

/** One policy about everything; its clocks are made here, so that the moment they are due is known. */
async function promise({ url }: Program): Promise<void> {
  const admin = await SignedIn.as(url, administrator);
  const draft = { scope: {}, targets: { resolution: targetMs } };
  const policy = await admin.call('POST', '/api/sla-policies', { name: 'Bench', draft });
  await admin.call('POST', `/api/sla-policies/${policy.id}/publish`, {});
}

/** Clocks that come due one after the other, `gapMs` apart, from `leadMs` on. Their warnings were told already. */
async function setClocks(server: DatabaseServer, batch: number, count: number, gapMs: number): Promise<void> {
  const rows = `generate_series(1, ${String(count)}) n, lateral (select md5('${String(batch)}-' || n)::uuid as id, moment.at + n * interval '${String(gapMs)} milliseconds' as due_at from moment) one`;
  await server.run(
    database,
    `create temp table moment as select clock_timestamp() + interval '${String(leadMs)} milliseconds' as at`,
    'begin',
    `set local session_replication_role = 'replica'`,
    `insert into customer (id) select one.id from ${rows}`,
    `insert into conversation (id, customer_id) select one.id, one.id from ${rows}`,
    `insert into ticket (id, conversation_id, queue_id, rev) select one.id, one.id, (select q.id from queue q limit 1), 1 from ${rows}`,
    `insert into sla_clock (id, ticket_id, metric, policy_version_id, target_ms, state, started_at, resumed_at, due_at, wake_at, told)
       select one.id, one.id, 'resolution', v.id, ${String(targetMs)}, 'running', t.began, t.began, one.due_at, one.due_at,
              jsonb_array_length(coalesce(v.body -> 'warnings', '[]'))
       from ${rows}, sla_policy_version v, lateral (select one.due_at - interval '${String(targetMs)} milliseconds' as began) t where v.status = 'published'`,
    'commit',
  );
}

interface Told {
  /** Milliseconds from the moment a promise was broken until that was on record, by the database's clock. */
  late: number[];
  missing: number;
  doubled: number;
}

async function readTold(server: DatabaseServer, batch: number, count: number, since = 'c.due_at'): Promise<Told> {
  const rows = await server.run<{ late: number | null; times: number }>(
    database,
    `select count(e.*)::int as times, (extract(epoch from min(e.at) - ${since}) * 1000)::float8 as late
     from generate_series(1, ${String(count)}) n join sla_clock c on c.id = md5('${String(batch)}-' || n)::uuid
     left join event_log e on e.type = 'sla.breached' and e.subject_id = c.ticket_id
     group by c.id`,
  );
  return {
    late: rows.flatMap(({ late }) => (late === null ? [] : [late])),
    missing: rows.filter(({ times }) => times === 0).length,
    doubled: rows.filter(({ times }) => times > 1).length,
  };
}

async function untilAllTold(server: DatabaseServer, batch: number, count: number): Promise<void> {
  const giveUpAt = performance.now() + patienceMs;
  while ((await readTold(server, batch, count)).missing > 0 && performance.now() < giveUpAt) {
    await sleep(250);
  }
}

async function tellInTime(server: DatabaseServer, count: number): Promise<boolean> {
  const [postmaster = 0] = await server.pids();
  const cpu = (): number => cpuMsBelow(process.pid) + cpuMsBelow(postmaster);
  await setClocks(server, 1, count, 1000 / perSecond);
  const before = cpu();
  await sleep(leadMs + (count * 1000) / perSecond);
  await untilAllTold(server, 1, count);
  const each = (cpu() - before) / count;
  const told = await readTold(server, 1, count);
  const [half, most, last] = [0.5, 0.99, 1].map((share) => percentile(told.late, share)) as [number, number, number];
  const isKept = most <= lateBudgetMs && told.missing + told.doubled === 0;
  say(
    `${String(count)} promises broken at ${String(perSecond)}/s, two nodes: told after p50 ${show(half)} ms, p99 ${show(most)} ms, last ${show(last)} ms, ` +
      `missing ${String(told.missing)}, told twice ${String(told.doubled)}; ${show(each)} ms of processor time each; budget p99 ${String(lateBudgetMs)} ms, ${verdict(isKept)}; load average ${loadAverage()}`,
  );
  return isKept;
}

/** Both nodes die, promises are broken meanwhile, and one node comes back. */
async function tellAfterRestart(
  server: DatabaseServer,
  hubs: readonly Program[],
  start: () => Promise<Program>,
): Promise<boolean> {
  const count = 300;
  await setClocks(server, 2, count, 1000 / perSecond);
  hubs.forEach(({ pid }) => process.kill(pid, 'SIGKILL'));
  await sleep(leadMs + (count * 1000) / perSecond + 500);
  await start();
  const [row] = await server.run<{ at: string }>(database, 'select clock_timestamp()::text as at');
  await untilAllTold(server, 2, count);
  const told = await readTold(server, 2, count, `'${String(row?.at)}'::timestamptz`);
  const last = Math.max(...told.late);
  const isKept = last <= restartBudgetMs && told.missing + told.doubled === 0;
  say(
    `${String(count)} promises broken while both nodes were dead: the last told ${show(last)} ms after one was ready again, ` +
      `missing ${String(told.missing)}, told twice ${String(told.doubled)}; budget ${String(restartBudgetMs)} ms, ${verdict(isKept)}; load average ${loadAverage()}`,
  );
  return isKept;
}

function verdict(isKept: boolean): string {
  return isKept ? 'kept' : 'MISSED';
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
