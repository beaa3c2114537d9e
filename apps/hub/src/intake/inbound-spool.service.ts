import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
  type OnModuleInit,
} from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import type { InboundEvent } from '#channels';
import { HubConfig } from '#config';
import { Database, isAway } from '../database/database.js';
import { LiveFeed } from '../live/live-feed.service.js';
import { Metrics } from '../platform/operations/metrics.js';
import type { OpenChannel } from '../settings/channel-directory.service.js';
import { Attempts } from './attempts.js';
import { Receiving } from './receiving.service.js';
import { Spool, type Damage, type Spooled } from './spool.js';
import { startRounds, type Rounds } from '../platform/operations/rounds.js';

const limitBytes = 256 * 1024 * 1024;
const lookMs = 500;
/** Providers hang up after ten seconds, or a little more. */
const patienceMs = 8000;

/**
 * Takes verified events whether the database is there or not. While it is away they go to the spool and the provider is told that
 * we have them; when it is back they are taken in their order, and what arrives meanwhile queues behind them. A database that does not
 * answer is as good as away: what waits for it goes to the spool when a look at it fails, or at the latest after eight seconds.
 */
@Injectable()
export class InboundSpool implements OnModuleInit, OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(InboundSpool.name);
  private spool: Spool | null = null;
  private rounds: Rounds[] = [];
  private replaying: Promise<void> | null = null;
  /** What the last look at the database said. */
  private isThere = true;
  private readonly attempts = new Attempts();

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
    metrics.gauge({
      name: 'peyk_spool_damaged_files',
      help: 'Spool files with unreadable records, set aside in DATA_DIR/spool for somebody to look at.',
      read: () => this.countDamaged(),
    });
  }

  async onModuleInit(): Promise<void> {
    this.spool = await Spool.open(this.folder, limitBytes, (damage) => this.tell(damage));
    // What is late is given up also while a look waits for a database that does not answer.
    this.rounds = [
      startRounds(lookMs, () => this.attempts.giveUp('late')),
      startRounds(lookMs, () => this.look(), 'spool'),
    ];
  }

  /** What an earlier hub left is due at once. */
  onApplicationBootstrap(): void {
    void this.look();
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all(this.rounds.map((rounds) => rounds.stop()));
    if (this.replaying && !(await this.database.healthy())) {
      // It would hold up the end; what it brought is still in the spool.
      this.attempts.giveUp('all');
    }
    await this.replaying;
    await this.spool?.close();
  }

  /** Bytes that wait for the database. */
  get waitingBytes(): number {
    return this.spool?.waitingBytes ?? 0;
  }

  /** Resolves when the events are on disk, in the database or in the spool. Throws SpoolFull. */
  async take(channel: Pick<OpenChannel, 'id' | 'kind'>, events: InboundEvent[]): Promise<void> {
    const known = events.map(recognisable);
    if (this.isThere && this.spool?.isEmpty !== false) {
      try {
        return await this.attempts.run(() => this.receiving.take(channel, known), patienceMs);
      } catch (error) {
        if (!isAway(error)) {
          throw error;
        }
      }
    }
    await this.spool?.append({ channel: { id: channel.id, kind: channel.kind }, events: known });
    this.live.storageIs('down');
  }

  /** Consoles hear that the database is away also when nothing comes in, and that it is back once all that was kept is told. */
  private async look(): Promise<void> {
    this.isThere = await this.database.healthy();
    if (!this.isThere) {
      this.attempts.giveUp('all');
      this.live.storageIs('down');
      return;
    }
    // Looks go on meanwhile: the database may freeze under a replay.
    this.replaying ??= this.replay().finally(() => (this.replaying = null));
  }

  private async replay(): Promise<void> {
    try {
      if (this.spool?.isEmpty === false) {
        await this.spool.replay((run) => this.attempts.run(() => this.takeRun(run)));
      }
    } catch (error) {
      this.logger.warn(`the spool waits: ${String(error)}`);
    }
    if (this.spool?.isEmpty !== false) {
      this.live.storageIs('up');
    }
  }

  private get folder(): string {
    return join(this.config.dataDir, 'spool');
  }

  private async countDamaged(): Promise<number> {
    return (await readdir(this.folder)).filter((name) => name.startsWith('damaged-')).length;
  }

  private tell({ keptAs, rescued }: Damage): void {
    this.logger.error(
      `The spool had records that cannot be read. The file is kept as ${keptAs}; ${String(rescued)} records of it go on. Look at the disk.`,
    );
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

/** A statement that nobody waits for any longer may still be carried out; by its id the event is known again when it is replayed. */
function recognisable(event: InboundEvent): InboundEvent {
  return event.externalId === null ? { ...event, externalId: `hub:${uuid()}` } : event;
}

/** Whose record it is, as far as order goes: the sender's on their channel, or the channel's own. */
function lineOf({ channel, events: [first] }: Spooled): string {
  const sender = first?.type === 'message' ? first.from.address : first?.type === 'call' ? first.party.address : '';
  return `${channel.id} ${sender}`;
}
