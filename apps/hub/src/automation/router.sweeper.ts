import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { HubConfig } from '#config';
import { findWorkFor, lookAround, type AroundUs } from '#tickets';
import { Database } from '../database/database.js';
import { EventBus } from '../events/event-bus.js';
import { Beat } from '../platform/operations/beats.js';
import { Metrics } from '../platform/operations/metrics.js';
import { SharedLook } from '../platform/operations/shared-look.js';
import { DueWork } from './due-work.service.js';
import { Matching } from './matching.service.js';
import { Turns } from './turns.js';

const sweepMs = 2_000;
/** A moment that is awaited is looked at no more often than this, however often it is missed. */
const leastMs = 20;
/** Pieces of work that one event of an agent gets them at most; their units end it long before. */
const mostAtOnce = 200;

/**
 * Gives waiting work to agents. A fact (work queued, an agent free) is committed first and wakes the match of its queue; matching
 * is a transaction of its own. The sweep finds what a crash in between left over; in health it finds nothing, and says so. It also
 * looks ahead: what is due before the next sweep has a timer, and the database's clock decides when it is due.
 */
@Injectable()
export class RouterSweeper implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(RouterSweeper.name);
  private readonly turns = new Turns((key, error) =>
    this.logger.warn(`work of ${key} is left to the sweep: ${String(error)}`),
  );
  private timer: NodeJS.Timeout | null = null;
  private alarm: NodeJS.Timeout | null = null;
  private readonly looks = new SharedLook(() => this.lookSafely());
  private beat: Beat | null = null;
  private stopped = true;
  private openings: string | null = null;
  /** When something was due by the last look, as performance.now() tells it. */
  private dueAt = Infinity;
  /** Queues that sweeps found stuck since the start. */
  found = 0;

  constructor(
    private readonly database: Database,
    private readonly matching: Matching,
    private readonly due: DueWork,
    private readonly config: HubConfig,
    private readonly bus: EventBus,
    metrics: Metrics,
  ) {
    metrics.sum('peyk_router_sweep_found_total', 'Queues that sweeps found stuck; in health none.', () => this.found);
    bus.on('work.queued', ({ queueId }) => this.match(queueId));
    bus.on('agent.available', ({ agentId }) => this.matchFor(agentId));
    bus.on('rights.changed', ({ agentId }) => this.matchFor(agentId));
    bus.on('agent.lost', ({ agentId }) => this.matchFor(agentId));
  }

  onApplicationBootstrap(): void {
    this.stopped = false;
    if (this.isRouter) {
      this.beat = new Beat('routing', sweepMs);
      this.timer = setInterval(() => void this.sweep(), sweepMs);
    }
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer ?? undefined);
    this.beat?.end();
    clearTimeout(this.alarm ?? undefined);
    await this.looks.settled();
    await this.turns.settled();
  }

  /** Matches all that can be matched in a queue. */
  match(queueId: string): void {
    if (this.isRouter && !this.stopped) {
      this.turns.run(queueId, () => this.matching.matchAll(queueId, () => this.stopped));
    }
  }

  /** Looks for what is left over and for what is due. One look after the other; never rejects. */
  sweep(): Promise<void> {
    return this.looks.take();
  }

  private get isRouter(): boolean {
    return this.config.role !== 'web';
  }

  /** What an agent who is gone is asked is taken back; one who is there gets what they can have. */
  private matchFor(agentId: string): void {
    if (!this.stopped) {
      this.turns.run(`agent ${agentId}`, async () => {
        await this.due.revokeLost(agentId);
        await this.giveTo(agentId);
      });
    }
  }

  /** From the agent's side: the first in line of all queues, then the first of what is left. A node that does not route tells those that do. */
  private async giveTo(agentId: string): Promise<void> {
    const done: string[] = [];
    for (let count = 0; count < mostAtOnce && !this.stopped; count++) {
      const queueId = await this.database.transaction((tx) => findWorkFor(tx, agentId, done));
      if (queueId === null) {
        return;
      }
      if (!this.isRouter) {
        this.bus.emit('work.queued', { queueId });
      }
      const outcome = this.isRouter ? await this.matching.matchOne(queueId) : 'nothing';
      if (outcome !== 'matched') {
        done.push(queueId);
      }
      if (outcome === 'refused') {
        this.match(queueId);
      }
    }
  }

  private async lookSafely(): Promise<void> {
    await this.look().catch((error: unknown) => this.logger.debug(`the sweep waits: ${String(error)}`));
    this.beat?.turn();
  }

  private async look(): Promise<void> {
    clearTimeout(this.alarm ?? undefined);
    let around = await lookAround(this.database);
    while (isDue(around) && !this.stopped && (await this.due.turn()) > 0) {
      around = await lookAround(this.database);
    }
    this.rouse(around);
    const { dueMs } = around;
    this.dueAt = dueMs === null ? Infinity : performance.now() + dueMs;
    if (dueMs !== null && dueMs > 0 && dueMs < sweepMs && !this.stopped) {
      this.alarm = setTimeout(() => void this.sweep(), Math.max(leastMs, dueMs));
    }
  }

  /** What became possible by the clock (a queue opened, an agent is not waited for any more) was not forgotten by anybody. */
  private rouse({ queueIds, openings }: AroundUs): void {
    const stuck = queueIds.filter((queueId) => !this.turns.isRunning(queueId));
    const isByClock = openings !== this.openings || performance.now() >= this.dueAt;
    this.found += isByClock ? 0 : stuck.length;
    this.openings = openings;
    stuck.forEach((queueId) => this.match(queueId));
  }
}

function isDue({ dueMs }: AroundUs): boolean {
  return dueMs !== null && dueMs <= 0;
}
