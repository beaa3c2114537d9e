import { join } from 'node:path';
import {
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
  type OnModuleInit,
} from '@nestjs/common';
import type { InboundEvent } from '#channels';
import { HubConfig } from '#config';
import { Database, isAway } from '../database/database.js';
import { LiveFeed } from '../live/live-feed.service.js';
import { Metrics } from '../platform/operations/metrics.js';
import type { OpenChannel } from '../settings/channel-directory.service.js';
import { Receiving } from './receiving.service.js';
import { Spool, type Spooled } from './spool.js';

const limitBytes = 256 * 1024 * 1024;
const lookMs = 500;

/**
 * Takes verified events whether the database is there or not. While it is away they go to the spool and the provider is told that
 * we have them; when it is back they are taken in their order, and what arrives meanwhile queues behind them.
 */
@Injectable()
export class InboundSpool implements OnModuleInit, OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(InboundSpool.name);
  private spool: Spool | null = null;
  private timer: NodeJS.Timeout | null = null;
  private looking: Promise<void> | null = null;

  constructor(
    private readonly config: HubConfig,
    private readonly database: Database,
    private readonly receiving: Receiving,
    private readonly live: LiveFeed,
    metrics: Metrics,
  ) {
    metrics.gauge({
      name: 'peyk_spool_bytes',
      help: 'Inbound events that wait on this node for the database.',
      read: () => this.waitingBytes,
    });
  }

  async onModuleInit(): Promise<void> {
    this.spool = await Spool.open(join(this.config.dataDir, 'spool'), limitBytes);
    this.timer = setInterval(() => this.lookOnce(), lookMs);
  }

  /** What an earlier hub left is due at once. */
  onApplicationBootstrap(): void {
    this.lookOnce();
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.timer) {
      clearInterval(this.timer);
    }
    await this.looking;
    await this.spool?.close();
  }

  /** Bytes that wait for the database. */
  get waitingBytes(): number {
    return this.spool?.waitingBytes ?? 0;
  }

  /** Resolves when the events are on disk, in the database or in the spool. Throws SpoolFull. */
  async take(channel: Pick<OpenChannel, 'id' | 'kind'>, events: InboundEvent[]): Promise<void> {
    if (this.spool?.isEmpty !== false) {
      try {
        return await this.receiving.take(channel, events);
      } catch (error) {
        if (!isAway(error)) {
          throw error;
        }
      }
    }
    await this.spool?.append({ channel: { id: channel.id, kind: channel.kind }, events });
    this.live.storageIs('down');
  }

  private lookOnce(): void {
    this.looking ??= this.look().finally(() => (this.looking = null));
  }

  /** Consoles hear that the database is away also when nothing comes in, and that it is back once all that was kept is told. */
  private async look(): Promise<void> {
    if (!(await this.database.healthy())) {
      this.live.storageIs('down');
      return;
    }
    try {
      if (this.spool?.isEmpty === false) {
        await this.spool.replay((run) => this.takeRun(run));
      }
    } catch (error) {
      this.logger.warn(`the spool waits: ${String(error)}`);
    }
    if (this.spool?.isEmpty !== false) {
      this.live.storageIs('up');
    }
  }

  /**
   * Each sender's records stay in their order; different senders need not wait for each other. A channel may have been removed
   * meanwhile; then there is nowhere to keep its events, and no reason to hold up the others.
   */
  private async takeRun(run: Spooled[]): Promise<void> {
    const ids = [...new Set(run.map(({ channel }) => channel.id))];
    const rows = await this.database.query<{ id: string }>('select id from channel where id = any ($1)', [ids]);
    const known = new Set(rows.map(({ id }) => id));
    ids
      .filter((id) => !known.has(id))
      .forEach((id) => this.logger.error(`events of the removed channel ${id} were dropped`));
    const lines = Map.groupBy(
      run.filter(({ channel }) => known.has(channel.id)),
      lineOf,
    );
    await Promise.all(
      [...lines.values()].map(async (line) => {
        for (const { channel, events } of line) {
          await this.receiving.take(channel, events);
        }
      }),
    );
  }
}

/** Whose record it is, as far as order goes: the sender's on their channel, or the channel's own. */
function lineOf({ channel, events: [first] }: Spooled): string {
  const sender = first?.type === 'message' ? first.from.address : first?.type === 'call' ? first.party.address : '';
  return `${channel.id} ${sender}`;
}
