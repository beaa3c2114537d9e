import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { HubConfig } from '#config';
import { findStuckQueues, matchWork } from '#tickets';
import { failpoint } from '#failpoint';
import { Database } from '../database/database.js';
import { EventBus } from '../events/event-bus.js';
import { Metrics } from '../platform/operations/metrics.js';
import { TicketTelling } from './ticket-telling.service.js';

const sweepMs = 2_000;

/**
 * Gives waiting work to agents. A fact (work queued, an agent free) is committed first and wakes the match of its queue; matching
 * is a transaction of its own. The sweep finds what a crash in between left over; in health it finds nothing, and says so.
 */
@Injectable()
export class RouterSweeper implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(RouterSweeper.name);
  private readonly matching = new Map<string, Promise<void>>();
  private readonly again = new Set<string>();
  private timer: NodeJS.Timeout | null = null;
  private stopped = true;
  /** Queues that sweeps found stuck since the start. */
  found = 0;

  constructor(
    private readonly database: Database,
    private readonly telling: TicketTelling,
    private readonly config: HubConfig,
    bus: EventBus,
    metrics: Metrics,
  ) {
    metrics.sum('peyk_router_sweep_found_total', 'Queues that sweeps found stuck; in health none.', () => this.found);
    bus.on('work.queued', ({ queueId }) => this.match(queueId));
    bus.on('agent.available', ({ agentId }) => this.matchFor(agentId));
  }

  onApplicationBootstrap(): void {
    if (this.config.role === 'web') {
      return;
    }
    this.stopped = false;
    this.timer = setInterval(() => {
      this.sweep().catch((error: unknown) => this.logger.debug(`the sweep waits: ${String(error)}`));
    }, sweepMs);
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    if (this.timer) {
      clearInterval(this.timer);
    }
    await Promise.allSettled(this.matching.values());
  }

  /** Matches all that can be matched in a queue. Calls during a match run it once more, for they may know of newer facts. */
  match(queueId: string): void {
    if (this.stopped) {
      return;
    }
    if (this.matching.has(queueId)) {
      this.again.add(queueId);
      return;
    }
    const run = this.matchAll(queueId)
      .catch((error: unknown) => this.logger.warn(`queue ${queueId} waits for the sweep: ${String(error)}`))
      .finally(() => {
        this.matching.delete(queueId);
        if (this.again.delete(queueId)) {
          this.match(queueId);
        }
      });
    this.matching.set(queueId, run);
  }

  async sweep(): Promise<void> {
    const stuck = (await findStuckQueues(this.database)).filter((queueId) => !this.matching.has(queueId));
    this.found += stuck.length;
    stuck.forEach((queueId) => this.match(queueId));
  }

  private async matchFor(agentId: string): Promise<void> {
    const rows = await this.database.query<{ queue_id: string }>(
      'select queue_id from queue_member where agent_id = $1',
      [agentId],
    );
    rows.forEach((row) => this.match(row.queue_id));
  }

  private async matchAll(queueId: string): Promise<void> {
    for (;;) {
      failpoint('routing.before-match');
      const isMatched = await this.database.transaction(async (tx) => {
        const result = await matchWork(tx, queueId);
        if (result?.outcome === 'assigned') {
          await this.telling.assigned(tx, result.ticket, result.agentId, null);
        }
        return result !== null;
      });
      failpoint('routing.after-match');
      if (!isMatched || this.stopped) {
        return;
      }
    }
  }
}
