import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Statement } from '#channels';
import { Database } from '../database/database.js';
import { EventBus } from '../events/event-bus.js';
import { startRounds, type Rounds } from '../platform/operations/rounds.js';

/** Longer than the longest time for an answer, by as much as a round may take. */
const answerable: Statement = {
  name: 'recent-outreach',
  text: `select exists (select 1 from outreach_round where started_at > clock_timestamp() - interval '120 days') as any`,
};

const lookMs = 30_000;

/**
 * Whether anybody was told anything lately that they might answer: while nobody was, arrivals are not asked about it. A node that sends
 * knows at once, the others within half a minute.
 */
@Injectable()
export class RecentOutreach implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(RecentOutreach.name);
  private rounds: Rounds | null = null;
  private isThere = false;

  constructor(
    private readonly database: Database,
    bus: EventBus,
  ) {
    bus.on('outreach.begun', () => {
      this.isThere = true;
    });
  }

  get any(): boolean {
    return this.isThere;
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.look();
    this.rounds = startRounds(lookMs, () => void this.look());
  }

  async onModuleDestroy(): Promise<void> {
    await this.rounds?.stop();
  }

  private async look(): Promise<void> {
    const [row] = await this.database.query<{ any: boolean }>(answerable).catch((error: unknown) => {
      this.logger.debug(`it stays as it was known: ${String(error)}`);
      return [];
    });
    this.isThere = row?.any ?? this.isThere;
  }
}
