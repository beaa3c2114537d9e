import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { Job, Queue, Worker } from 'bullmq';
import { HubConfig } from '#config';
import { Database } from '../../database/database.js';
import { Beat } from '../operations/beats.js';
import { Log } from '../operations/log.js';
import { Metrics } from '../operations/metrics.js';
import { SecretKeys } from '../secret-keys.js';
import { openJobBackend, type JobBackend } from './job-backend.js';

/** Work of one class waits for its own kind only: a long export must not hold up the clean-ups. */
export type JobClass = 'housekeeping' | 'bulk';

/**
 * Does a job. It may be done more than once (a process that dies in the middle leaves it to another), so doing it again must change
 * nothing. `parameters` are what `add` was given, as JSON.
 */
export type DoJob = (parameters: Record<string, unknown>) => Promise<void>;

interface Definition {
  of: JobClass;
  run: DoJob;
}

interface Opened {
  backend: JobBackend;
  queues: Map<JobClass, Queue>;
  workers: Worker[];
}

/** Nothing of this is needed while the hub starts and its first pages are loaded. */
const restMs = 10_000;
/** A period that could not be written down at a bad moment is missing until it is written again. */
const renewMs = 600_000;
const retryMs = 15_000;
/** What a job under way has left to end in when the hub stops; the rest is left to other nodes or the next start. */
const drainMs = 5_000;

/**
 * Periodic and bulk work, done by one node at a time: clean-ups, imports, exports, reports.
 *
 * Not for deliveries, offers, deadlines or anything on its way in: those are rows of ours on the database clock, in the transactions
 * that make them true. A job is added on a connection of its own, is kept at least once and in no order. Rooms define
 * their jobs while the hub is put together; everything else begins later and by itself, and the hub lives whether it does or not.
 */
@Injectable()
export class Jobs implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly definitions = new Map<string, Definition>();
  private readonly periods = new Map<string, number>();
  private readonly held = new Set<string>();
  private opened: Promise<Opened> | null = null;
  private timer: NodeJS.Timeout | null = null;
  private turn: Promise<void> = Promise.resolve();
  private beat: Beat | null = null;
  private isStopped = false;
  private isHealthy = false;

  constructor(
    private readonly config: HubConfig,
    private readonly database: Database,
    private readonly keys: SecretKeys,
    private readonly log: Log,
    metrics: Metrics,
  ) {
    metrics.gauge({
      name: 'peyk_jobs_ready',
      help: 'Whether periodic and bulk jobs can run on this node.',
      read: () => Number(this.isHealthy),
    });
  }

  /** Gives a job its name and its doing. `name` is imperative and stays the same over versions. */
  define(name: string, of: JobClass, run: DoJob): void {
    this.definitions.set(name, { of, run });
  }

  /** Has a defined job done again and again, once per period over all nodes. */
  every(name: string, periodMs: number): void {
    this.periods.set(name, periodMs);
  }

  /**
   * Has a defined job done soon. Of jobs with one `id` only the first counts, for a day. Throws when they cannot be kept now.
   */
  async add(name: string, parameters: object, id?: string): Promise<void> {
    const { of } = this.definitionOf(name);
    const { queues } = await this.open();
    await (queues.get(of) as Queue).add(name, parameters, {
      attempts: 5,
      backoff: { type: 'exponential', delay: 5_000 },
      removeOnComplete: { age: 86_400, count: 1_000 },
      removeOnFail: { age: 7 * 86_400, count: 1_000 },
      ...(id !== undefined && { jobId: id }),
    });
  }

  onApplicationBootstrap(): void {
    if (this.config.role !== 'web') {
      this.beat = new Beat('jobs', restMs);
      this.wakeIn(restMs);
    }
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.isStopped = true;
    this.beat?.end();
    clearTimeout(this.timer ?? undefined);
    await this.turn;
    await this.close();
  }

  /** Begins now what would begin by itself, and writes the periods down again. Never throws: what failed is tried again. */
  wake(): Promise<void> {
    this.turn = this.turn.then(async () => {
      if (this.isStopped) {
        return;
      }
      try {
        await this.schedule(await this.open());
        this.isHealthy = true;
        this.beat?.turn(renewMs);
        this.wakeIn(renewMs);
      } catch (error) {
        this.isHealthy = false;
        this.log.warn('Periodic and bulk jobs wait for their storage.', { reason: String(error) });
        this.wakeIn(retryMs);
      }
    });
    return this.turn;
  }

  private wakeIn(ms: number): void {
    clearTimeout(this.timer ?? undefined);
    this.timer = setTimeout(() => void this.wake(), ms).unref();
  }

  private open(): Promise<Opened> {
    if (this.isStopped) {
      return Promise.reject(new Error('The hub stops.'));
    }
    const opened = this.opened ?? this.openAll();
    this.opened = opened;
    opened.catch(() => (this.opened = this.opened === opened ? null : this.opened));
    return opened;
  }

  private async openAll(): Promise<Opened> {
    const name = this.keys.derive('where jobs wait').toString('hex').slice(0, 16);
    const place = { redisUrl: this.config.redisUrl, databaseUrl: this.database.connectionUrl, name };
    const backend = await openJobBackend(place, this.complain);
    const opened: Opened = { backend, queues: new Map(), workers: [] };
    try {
      for (const of of new Set([...this.definitions.values()].map((definition) => definition.of))) {
        await this.openClass(opened, of);
      }
      return opened;
    } catch (error) {
      await closeAll(opened);
      throw error;
    }
  }

  private async openClass({ backend, queues, workers }: Opened, of: JobClass): Promise<void> {
    const queue = backend.createQueue(of);
    queues.set(of, queue);
    queue.on('error', (error) => this.complain('A queue of jobs has trouble.', error, { queue: of }));
    await queue.waitUntilReady();
    if (this.config.role === 'web') {
      return;
    }
    const worker = backend.createWorker(of, (job) => this.run(job));
    workers.push(worker);
    worker.on('error', (error) => this.complain('A worker of jobs has trouble.', error, { queue: of }));
    worker.on('failed', (job, error) => this.log.error('A job failed.', error, { job: job?.name }));
    await worker.waitUntilReady();
    worker.run().catch((error: unknown) => this.complain('A worker of jobs ended.', error, { queue: of }));
  }

  /** What is no longer defined is no longer due. */
  private async schedule({ queues }: Opened): Promise<void> {
    for (const [of, queue] of queues) {
      const wanted = [...this.periods].filter(([name]) => this.definitionOf(name).of === of);
      for (const [name, every] of wanted) {
        await queue.upsertJobScheduler(
          name,
          { every },
          { name, opts: { removeOnComplete: true, removeOnFail: { count: 50 } } },
        );
      }
      const known = await queue.getJobSchedulers();
      for (const { key } of known.filter((scheduler) => !wanted.some(([name]) => name === scheduler.key))) {
        await queue.removeJobScheduler(key);
      }
    }
  }

  private async run(job: Job): Promise<void> {
    await this.definitionOf(job.name).run(job.data as Record<string, unknown>);
  }

  private definitionOf(name: string): Definition {
    const definition = this.definitions.get(name);
    if (!definition) {
      throw new Error(`There is no job called ${name}.`);
    }
    return definition;
  }

  /** A storage that is away says so over and over; once a minute is enough. */
  private readonly complain = (message: string, error: unknown, fields = {}): void => {
    if (this.isStopped || this.held.has(message)) {
      return;
    }
    this.held.add(message);
    setTimeout(() => this.held.delete(message), 60_000).unref();
    this.log.warn(message, { ...fields, reason: String(error) });
  };

  private async close(): Promise<void> {
    const opened = await this.opened?.catch(() => null);
    this.opened = null;
    if (opened) {
      await closeAll(opened);
    }
  }
}

/** Each step ends in time whatever its storage does: connections that are gone do not answer. */
async function closeAll({ backend, queues, workers }: Opened): Promise<void> {
  await inTime(
    workers.map((worker) => worker.close()),
    drainMs,
  );
  await inTime(
    [...queues.values()].map((queue) => queue.close()),
    1_000,
  );
  await inTime([backend.close()], 1_000);
}

async function inTime(work: Promise<unknown>[], ms: number): Promise<void> {
  const late = new AbortController();
  const patience = sleep(ms, undefined, { signal: late.signal, ref: false }).catch(() => undefined);
  await Promise.race([Promise.allSettled(work), patience]);
  late.abort();
}
