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
import { claimDeliveries, claimPacedDeliveries, renewClaims, type ClaimedDelivery } from '#channels';
import { HubConfig } from '#config';
import { failpoint } from '#failpoint';
import { Database } from '../database/database.js';
import { EventBus } from '../events/event-bus.js';
import { ChannelDirectory } from '../settings/channel-directory.service.js';
import { DeliveryProcessor } from './delivery.processor.js';
import { SendingPaces } from './sending-paces.service.js';
import { startRounds, type Rounds } from '../platform/operations/rounds.js';

const maxInFlight = 16;
/** One account whose provider is slow must not hold every place. */
const maxOfPaced = 8;
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
  private readonly inFlight = new Map<string, { channelId: string; ended: Promise<void> }>();
  private readonly stopping = new AbortController();
  private readonly resting = new Map<string, number>();
  private rounds: Rounds[] = [];
  private claiming: Promise<void> | null = null;
  private again = false;
  private stopped = true;
  /** Accounts with a known limit that may have something due. */
  private readonly askedOf = new Set<string>();
  private isAskedOfOthers = false;

  constructor(
    private readonly database: Database,
    private readonly processor: DeliveryProcessor,
    private readonly paces: SendingPaces,
    private readonly channels: ChannelDirectory,
    private readonly config: HubConfig,
    bus: EventBus,
  ) {
    bus.on('delivery.queued', ({ channelId }) => this.wake([channelId]));
    bus.on('channel.changed', ({ channelId }) => {
      this.resting.delete(channelId);
      this.wakeAll();
    });
  }

  onApplicationBootstrap(): void {
    if (this.config.role === 'web') {
      return;
    }
    this.stopped = false;
    this.rounds = [
      startRounds(pollMs, () => this.lookAround(), 'deliveries'),
      startRounds(renewMs, () => this.renew()),
    ];
    void this.lookAround();
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
    await Promise.race([Promise.allSettled([...this.inFlight.values()].map(({ ended }) => ended)), patience]);
    late.abort();
    this.rounds.forEach((each) => void each.stop());
  }

  /** What other nodes were told comes first: an account that waits must not be tried once more at every start. */
  private async lookAround(): Promise<void> {
    await this.paces.look().catch((error: unknown) => this.logger.debug(`pauses could not be read: ${String(error)}`));
    this.wakeAll();
    await this.claiming;
  }

  private wakeAll(): void {
    this.wake([null, ...this.paces.paced()]);
  }

  /** Something may be due of these accounts; null stands for all that have no known limit. */
  wake(accounts: (string | null)[]): void {
    for (const id of accounts) {
      if (id !== null && this.paces.pacerOf(id)) {
        this.askedOf.add(id);
      } else {
        this.isAskedOfOthers = true;
      }
    }
    this.work();
  }

  private work(): void {
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
          this.work();
        }
      });
  }

  /** Whatever finds no room is asked for again when something in flight has ended. */
  private async claim(): Promise<void> {
    const room = maxInFlight - this.inFlight.size;
    if (this.isAskedOfOthers && room > 0) {
      this.isAskedOfOthers = false;
      const left = [...this.waitingChannels(), ...this.paces.paced()];
      const inHand = [...this.inFlight.keys()];
      const claimed = await claimDeliveries(this.database, this.worker, leaseMs, room, left, inHand);
      this.isAskedOfOthers ||= claimed.length === room;
      this.start(claimed);
    }
    for (const channelId of this.askedOf) {
      this.start(await this.claimPaced(channelId));
    }
  }

  /** What its pace leaves for later is found by the poll, a second from now at most. */
  private async claimPaced(channelId: string): Promise<ClaimedDelivery[]> {
    const pacer = this.paces.pacerOf(channelId);
    const room = maxInFlight - this.inFlight.size;
    if (room <= 0) {
      return [];
    }
    this.askedOf.delete(channelId);
    const own = [...this.inFlight.values()].filter((one) => one.channelId === channelId).length;
    const limit = Math.min(room, maxOfPaced - own, pacer?.room(Date.now()) ?? 0);
    if (limit <= 0 || pacer === null || this.waitingChannels().includes(channelId)) {
      return [];
    }
    const claimed = await claimPacedDeliveries(
      this.database,
      { name: this.worker, leaseMs, inHand: [...this.inFlight.keys()] },
      { channelId, limit, cooling: pacer.cooling(Date.now()) },
    );
    claimed.forEach(({ address }) => pacer.spend(address, 1, Date.now()));
    return claimed;
  }

  private start(claimed: ClaimedDelivery[]): void {
    for (const delivery of claimed) {
      failpoint('delivery.after-claim');
      const { channelId } = delivery;
      const ended = this.deliver(delivery).finally(() => {
        this.inFlight.delete(delivery.id);
        this.wake([channelId]);
      });
      this.inFlight.set(delivery.id, { channelId, ended });
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
      const { restMs, parts } = await this.processor.deliver(delivery, this.stopping.signal);
      this.paces.pacerOf(delivery.channelId)?.spend(delivery.address, parts - 1, Date.now());
      if (restMs > 0) {
        this.resting.set(delivery.channelId, Date.now() + restMs);
      }
    } catch (error) {
      this.logger.warn(`delivery ${delivery.id} could not be settled and waits for its lease: ${String(error)}`);
    }
  }

  /** Accounts that this node sends nothing for now: their provider asked for patience, or another node has their session. */
  private waitingChannels(): string[] {
    const elsewhere = this.channels
      .all()
      .filter(({ adapter, account, problem }) => problem === null && adapter.sendsHere?.(account) === false);
    return [...this.restingChannels(), ...elsewhere.map(({ id }) => id)];
  }

  private restingChannels(): string[] {
    const now = Date.now();
    for (const [channel, until] of this.resting) {
      if (until <= now) {
        this.resting.delete(channel);
      }
    }
    return [...this.resting.keys(), ...this.paces.resting(now)];
  }
}
