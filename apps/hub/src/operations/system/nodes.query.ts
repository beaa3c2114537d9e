import type { Sql } from '#channels';
import type { SystemAlarmView, SystemNodeView, SystemWorkerView, WorkerName } from '#contract';
import { isNodeSilent, isSilent } from './silence.js';

interface Row {
  name: string;
  version: string;
  nodeVersion: string;
  role: SystemNodeView['role'];
  startedAt: Date;
  seenAt: Date;
  seenMs: number;
  memoryBytes: number;
  spoolBytes: number;
  workers: { name: WorkerName; turnedAt: string; everyMs: number; agoMs: number }[];
}

const nodes = `
select n.name, n.version, n.node_version as "nodeVersion", n.role, n.started_at as "startedAt", n.seen_at as "seenAt",
  (extract(epoch from clock_timestamp() - n.seen_at) * 1000)::float8 as "seenMs", n.memory_bytes as "memoryBytes",
  n.spool_bytes as "spoolBytes",
  coalesce((select jsonb_agg(jsonb_build_object('name', w.worker, 'turnedAt', w.turned_at, 'everyMs', w.every_ms,
      'agoMs', extract(epoch from n.seen_at - w.turned_at) * 1000) order by w.worker)
    from worker_turn w where w.node = n.name), '[]') as workers
from hub_node n order by n.started_at, n.name`;

/** Every process that was heard of lately, with its workers. Of a node that is silent its workers say nothing. */
export async function readNodes(sql: Sql): Promise<SystemNodeView[]> {
  const rows = await sql.query<Row & Record<string, unknown>>(nodes);
  return rows.map(({ seenMs, startedAt, seenAt, workers, ...node }) => ({
    ...node,
    startedAt: startedAt.toISOString(),
    seenAt: seenAt.toISOString(),
    silent: isNodeSilent(seenMs),
    workers: workers.map(({ agoMs, turnedAt, ...worker }): SystemWorkerView => ({
      ...worker,
      turnedAt: new Date(turnedAt).toISOString(),
      silent: isSilent(agoMs, worker.everyMs),
    })),
  }));
}

export async function readAlarm(sql: Sql): Promise<SystemAlarmView> {
  const all = await readNodes(sql);
  return {
    silent: all.flatMap<SystemAlarmView['silent'][number]>(({ name, silent, seenAt, workers }) =>
      silent
        ? [{ node: name, worker: null, since: seenAt }]
        : workers
            .filter((worker) => worker.silent)
            .map((worker) => ({ node: name, worker: worker.name, since: worker.turnedAt })),
    ),
  };
}
