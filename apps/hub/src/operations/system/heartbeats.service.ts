import { hostname } from 'node:os';
import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { HubConfig } from '#config';
import { Database } from '../../database/database.js';
import { InboundSpool } from '../../intake/inbound-spool.service.js';
import { listBeats } from '../../platform/operations/beats.js';
import { Metrics } from '../../platform/operations/metrics.js';
import { startRounds, type Rounds } from '../../platform/operations/rounds.js';
import { programVersion } from '../installation.js';

const everyMs = 5_000;
/** A node that left without a word is shown as silent for so long, and then forgotten. */
const forgetAfter = `interval '1 day'`;

const tell = `
with node as (
  insert into hub_node (name, version, node_version, role, started_at, memory_bytes, spool_bytes) values ($1, $2, $3, $4, $5, $6, $7)
  on conflict (name) do update set version = excluded.version, node_version = excluded.node_version, role = excluded.role,
    started_at = excluded.started_at, seen_at = clock_timestamp(), memory_bytes = excluded.memory_bytes, spool_bytes = excluded.spool_bytes
  returning name),
gone as (
  delete from hub_node where seen_at < clock_timestamp() - ${forgetAfter} and name <> $1),
over as (
  delete from worker_turn where node = $1 and worker <> all (select b.worker from jsonb_to_recordset($8::jsonb) as b (worker text)))
insert into worker_turn (node, worker, turned_at, every_ms)
select node.name, b.worker, clock_timestamp() - b."agoMs" * interval '1 millisecond', b."everyMs"
from node, jsonb_to_recordset($8::jsonb) as b (worker text, "agoMs" float8, "everyMs" int)
on conflict (node, worker) do update set turned_at = excluded.turned_at, every_ms = excluded.every_ms`;

/** Tells all nodes every few seconds that this one lives, and when each of its workers last did its turn. */
@Injectable()
export class Heartbeats implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(Heartbeats.name);
  private readonly startedAt = new Date();
  private rounds: Rounds | null = null;
  private telling: Promise<void> | null = null;

  constructor(
    private readonly database: Database,
    private readonly config: HubConfig,
    private readonly spool: InboundSpool,
    metrics: Metrics,
  ) {
    metrics.gauge({
      name: 'peyk_worker_turn_age_seconds',
      help: 'How long ago each worker of this process finished what it does.',
      label: 'worker',
      read: () => Object.fromEntries(listBeats().map(({ worker, agoMs }) => [worker, agoMs / 1000])),
    });
  }

  /** A data folder belongs to one process, so a restarted one keeps its name. */
  get nodeName(): string {
    return `${hostname()} ${this.config.dataDir}`;
  }

  onApplicationBootstrap(): void {
    this.rounds = startRounds(everyMs, () => this.tell());
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.rounds?.stop();
    await this.telling;
    await this.database.query('delete from hub_node where name = $1', [this.nodeName]).catch(() => undefined);
  }

  /** Tells it now. Never rejects: a node that cannot is seen as silent. */
  tell(): Promise<void> {
    this.telling ??= this.write()
      .catch((error: unknown) => this.logger.debug(`nobody hears that this node lives: ${String(error)}`))
      .finally(() => (this.telling = null));
    return this.telling;
  }

  private async write(): Promise<void> {
    await this.database.query(tell, [
      this.nodeName,
      programVersion(),
      process.versions.node,
      this.config.role,
      this.startedAt,
      process.memoryUsage.rss(),
      this.spool.waitingBytes,
      JSON.stringify(listBeats()),
    ]);
  }
}
