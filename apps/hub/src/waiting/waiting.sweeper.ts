import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { HubConfig } from '#config';
import { isAway } from '../database/database.js';
import { EventBus } from '../events/event-bus.js';
import { Beat } from '../platform/operations/beats.js';
import { Housekeeping } from '../platform/operations/housekeeping.js';
import { Log } from '../platform/operations/log.js';
import { SharedLook } from '../platform/operations/shared-look.js';
import { CallbackAnswers } from './callback-answers.service.js';
import { patienceMs } from './wait-notices.query.js';
import { WaitNotices, type Found } from './wait-notices.service.js';

/**
 * How soon to look again: while somebody was asked or is to be told, while people wait, and while nobody does. Work that comes into a
 * queue brings the next look near.
 */
const restMs = { soon: 2_500, waiting: 15_000, idle: 30_000 };
const ripeMs = patienceMs + 100;

/**
 * Looks after those who wait. It sleeps most of the time: what wakes it is work that is queued, and a slow look finds what was missed.
 * Looks of several nodes do no harm to each other.
 */
@Injectable()
export class WaitingSweeper implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | null = null;
  private dueAt = Infinity;
  /** When work came last: a look that was near already may have been too early for it. Of the process, in milliseconds. */
  private queuedAt = -Infinity;
  private readonly looks = new SharedLook(() => this.lookAtAll());
  private beat: Beat | null = null;
  private isStopped = true;

  constructor(
    private readonly notices: WaitNotices,
    private readonly answers: CallbackAnswers,
    private readonly config: HubConfig,
    private readonly log: Log,
    bus: EventBus,
    housekeeping: Housekeeping,
  ) {
    bus.on('work.queued', () => {
      this.queuedAt = performance.now();
      this.lookIn(ripeMs);
    });
    bus.on('callback.changed', () => this.lookIn(restMs.soon));
    housekeeping.add('notices of waits', () => this.notices.forgetEnded());
  }

  onApplicationBootstrap(): void {
    if (this.config.role !== 'web') {
      this.isStopped = false;
      this.beat = new Beat('waiting', restMs.idle);
      this.lookIn(restMs.idle);
    }
  }

  async onApplicationShutdown(): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.timer ?? undefined);
    this.beat?.end();
    await this.looks.settled();
  }

  /** Looks now; calls during a look share the next. Never rejects. */
  look(): Promise<void> {
    return this.looks.take();
  }

  /** A look that is nearer anyway stays as it is: a stream of new work must not put it off. */
  private lookIn(ms: number): void {
    const at = performance.now() + ms;
    if (this.isStopped || at >= this.dueAt) {
      return;
    }
    this.dueAt = at;
    clearTimeout(this.timer ?? undefined);
    this.timer = setTimeout(() => {
      this.dueAt = Infinity;
      void this.look();
    }, ms).unref();
  }

  private async lookAtAll(): Promise<void> {
    const startedAt = performance.now();
    let rest = restMs.idle;
    try {
      const found = await this.notices.look();
      const { isFresh } = await this.answers.look();
      rest = restOf(found, isFresh);
    } catch (error) {
      const note = isAway(error) ? 'debug' : 'warn';
      this.log[note]('Those who wait are not told so.', { reason: String(error) });
    }
    this.beat?.turn(rest);
    const ripeAt = this.queuedAt + ripeMs;
    this.lookIn(ripeAt > startedAt ? Math.max(0, Math.min(rest, ripeAt - performance.now())) : rest);
  }
}

function restOf(found: Found, isFresh: boolean): number {
  if (found === 'untold' || isFresh) {
    return restMs.soon;
  }
  return found === 'waiting' ? restMs.waiting : restMs.idle;
}
