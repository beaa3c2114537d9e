import { hostname } from 'node:os';
import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { HubConfig } from '#config';
import { Database, isAway } from '../../../database/database.js';
import { EventBus } from '../../../events/event-bus.js';
import { Log } from '../../../platform/operations/log.js';
import { Looks } from '../../../platform/operations/looks.js';
import { OutreachFeeder } from './outreach-feeder.service.js';
import { beginRounds, outreachAhead, takeRunning, type RunningOutreach } from './outreach-rows.query.js';
import { followLate, followSending } from './settle-sent.query.js';

/** How soon to look again while something runs that this node does not feed, and while nothing does. */
const restMs = { running: 1_000, idle: 3_000 };
const leaseMs = 15_000;
/** What providers say late is looked for now and then. */
const lateMs = 60_000;

interface Ahead {
  isRunning: boolean;
  nextInMs: number | null;
}

/**
 * Runs outreach: begins what is due, feeds what runs into the outbox and hears what became of it. Rows and the database's clock decide, so
 * that any node goes on where another died; a lease keeps two from feeding the same one for nothing.
 */
@Injectable()
export class OutreachSweeper implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly name = `${hostname()} ${uuid()}`;
  private readonly looks = new Looks(() => this.lookAtAll(), 'outreach');
  private lookedLateAt = -Infinity;

  constructor(
    private readonly database: Database,
    private readonly feeder: OutreachFeeder,
    private readonly config: HubConfig,
    private readonly log: Log,
    private readonly bus: EventBus,
  ) {}

  onApplicationBootstrap(): void {
    if (this.config.role !== 'web') {
      this.looks.start(restMs.running);
    }
  }

  onApplicationShutdown(): Promise<void> {
    return this.looks.stop();
  }

  /** Something was scheduled, resumed or changed. */
  wake(): void {
    this.looks.wake();
  }

  private async lookAtAll(): Promise<number> {
    try {
      return await this.moveOn();
    } catch (error) {
      const note = isAway(error) ? 'debug' : 'warn';
      this.log[note]('Outreach rests.', { reason: String(error) });
      return restMs.idle;
    }
  }

  private async moveOn(): Promise<number> {
    const ahead = await this.readAhead();
    const isDue = ahead.nextInMs !== null && ahead.nextInMs <= 0;
    if (isDue) {
      const begun = await this.database.query(beginRounds);
      if (begun.length > 0) {
        this.bus.emit('outreach.begun', {});
      }
    }
    if (!isDue && !ahead.isRunning) {
      return Math.max(0, Math.min(restMs.idle, ahead.nextInMs ?? Infinity));
    }
    await this.follow();
    let rest = restMs.running;
    for (const outreach of await this.database.query<RunningOutreach & Record<string, unknown>>(takeRunning, [
      this.name,
      leaseMs,
    ])) {
      rest = Math.min(rest, await this.feed(outreach));
    }
    return rest;
  }

  /** One that cannot go on, such as by a segment that takes too long to read, must not hold up the others. */
  private async feed(outreach: RunningOutreach): Promise<number> {
    try {
      return await this.feeder.feed(outreach);
    } catch (error) {
      if (isAway(error)) {
        throw error;
      }
      this.log.warn('An outreach cannot go on for now.', { reason: String(error), outreach: outreach.id });
      return restMs.running;
    }
  }

  private async follow(): Promise<void> {
    await this.database.query(followSending);
    if (performance.now() - this.lookedLateAt > lateMs) {
      await this.database.query(followLate);
      this.lookedLateAt = performance.now();
    }
  }

  private async readAhead(): Promise<Ahead> {
    const [ahead] = await this.database.query<Ahead & Record<string, unknown>>(outreachAhead);
    return ahead ?? { isRunning: false, nextInMs: null };
  }
}
