import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { claimDeliveries, renewClaims, type ClaimedDelivery } from '#channels';
import { HubConfig } from '#config';
import { failpoint } from '#failpoint';
import { Database } from '../database/database.js';
import { EventBus } from '../events/event-bus.js';
import { DeliveryProcessor } from './delivery.processor.js';

const maxInFlight = 16;
/** Short, so that what a dead worker held is taken up soon; a live one renews it for as long as its provider takes. */
const leaseMs = 15_000;
const renewMs = 4_000;
const pollMs = 1_000;
/** Longer than adapters wait for most providers' answers (a mail server may take two minutes), shorter than supervisors wait for us. */
const drainMs = 35_000;

/**
 * Moves the outbox: claims what is due, a line at a time, and hands it to the processor. A commit wakes it at once; the poll
 * finds what other nodes queued, what became due and what a dead worker left.
 */
@Injectable()
export class OutboxRelay implements OnApplicationBootstrap, OnModuleDestroy, BeforeApplicationShutdown {
  private readonly logger = new Logger(OutboxRelay.name);
  private readonly worker = `${hostname()} ${uuid()}`;
  private readonly inFlight = new Map<string, Promise<void>>();
  private readonly stopping = new AbortController();
  private readonly resting = new Map<string, number>();
  private timers: NodeJS.Timeout[] = [];
  private claiming: Promise<void> | null = null;
  private again = false;
  private stopped = true;

  constructor(
    private readonly database: Database,
    private readonly processor: DeliveryProcessor,
    private readonly config: HubConfig,
    bus: EventBus,
  ) {
    bus.on('delivery.queued', () => this.wake());
    bus.on('channel.changed', ({ channelId }) => {
      this.resting.delete(channelId);
      this.wake();
    });
  }

  onApplicationBootstrap(): void {
    if (this.config.role === 'web') {
      return;
    }
    this.stopped = false;
    this.timers = [setInterval(() => this.wake(), pollMs), setInterval(() => this.renew(), renewMs)];
    this.wake();
  }

  /** From here on nothing new is claimed: it waits for another worker or the next start. */
  onModuleDestroy(): void {
    this.stopped = true;
  }

  /**
   * Lets what is being sent end and writes how, for a while, as long as there are sockets and other nodes to tell. What is cut off is
   * in doubt for the next worker.
   */
  async beforeApplicationShutdown(): Promise<void> {
    await this.claiming;
    this.stopping.abort();
    const late = new AbortController();
    const patience = sleep(drainMs, undefined, { signal: late.signal }).catch(() => undefined);
    await Promise.race([Promise.allSettled(this.inFlight.values()), patience]);
    late.abort();
    this.timers.forEach((timer) => clearInterval(timer));
  }

  wake(): void {
    if (this.claiming || this.stopped) {
      this.again = true;
      return;
    }
    this.claiming = this.claim()
      .catch((error: unknown) => this.logger.warn(`the outbox could not be read: ${String(error)}`))
      .finally(() => {
        this.claiming = null;
        if (this.again) {
          this.again = false;
          this.wake();
        }
      });
  }

  private async claim(): Promise<void> {
    const room = maxInFlight - this.inFlight.size;
    if (room <= 0) {
      return;
    }
    const claimed = await claimDeliveries(this.database, this.worker, leaseMs, room, this.restingChannels(), [
      ...this.inFlight.keys(),
    ]);
    for (const delivery of claimed) {
      failpoint('delivery.after-claim');
      const work = this.deliver(delivery).finally(() => {
        this.inFlight.delete(delivery.id);
        this.wake();
      });
      this.inFlight.set(delivery.id, work);
    }
  }

  private renew(): void {
    if (this.inFlight.size > 0) {
      renewClaims(this.database, this.worker, leaseMs, [...this.inFlight.keys()]).catch((error: unknown) =>
        this.logger.debug(`leases run on: ${String(error)}`),
      );
    }
  }

  private async deliver(delivery: ClaimedDelivery): Promise<void> {
    try {
      const { restMs } = await this.processor.deliver(delivery, this.stopping.signal);
      if (restMs > 0) {
        this.resting.set(delivery.channelId, Date.now() + restMs);
      }
    } catch (error) {
      this.logger.warn(`delivery ${delivery.id} could not be settled and waits for its lease: ${String(error)}`);
    }
  }

  private restingChannels(): string[] {
    const now = Date.now();
    for (const [channel, until] of this.resting) {
      if (until <= now) {
        this.resting.delete(channel);
      }
    }
    return [...this.resting.keys()];
  }
}
