import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { HubConfig } from '#config';
import type { BoardView } from '#contract';
import { Database, isAway, type Transaction } from '../../database/database.js';
import { Log } from '../../platform/operations/log.js';
import { startRounds, type Rounds } from '../../platform/operations/rounds.js';
import { SharedLook } from '../../platform/operations/shared-look.js';
import {
  endAlert,
  holdThresholds,
  raiseAlert,
  takeLook,
  tellAlert,
  turnThreshold,
  type ThresholdRow,
} from './board-alerts.query.js';
import { BoardReader } from './board-reader.service.js';
import { decideAlert } from './decide-alert.js';
import { measureLimit } from './measure-board.js';

const lookMs = 2_000;

/**
 * Holds the board against the limits that were set, and tells when one is passed and when that is over. Of all nodes one looks at a time,
 * and what it found commits with what is told of it: an alert is raised once and ended once, whatever dies in between. Without limits a
 * look is one question.
 */
@Injectable()
export class BoardAlerts implements OnApplicationBootstrap, OnApplicationShutdown {
  private rounds: Rounds | null = null;
  private readonly looks = new SharedLook(() => this.look());

  constructor(
    private readonly database: Database,
    private readonly reader: BoardReader,
    private readonly config: HubConfig,
    private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    if (this.config.role !== 'web') {
      this.rounds = startRounds(lookMs, () => this.sweep(), 'board-alerts');
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await this.rounds?.stop();
    await this.looks.settled();
  }

  /** Calls during a look share the next. Never rejects. */
  sweep(): Promise<void> {
    return this.looks.take();
  }

  private async look(): Promise<void> {
    try {
      // A little less than the time between two rounds of one node, or it would pass over every other one of its own.
      const taken = await this.database.query(takeLook, [lookMs * 0.75]);
      if (taken.length > 0) {
        await this.database.transaction((tx) => this.decide(tx));
      }
    } catch (error) {
      if (isAway(error)) {
        this.log.debug('Alerts wait for the database.', { reason: String(error) });
      } else {
        this.log.error('A look for alerts failed.', error);
      }
    }
  }

  private async decide(tx: Transaction): Promise<void> {
    const thresholds = await tx.query<ThresholdRow & Record<string, unknown>>(holdThresholds);
    const board = await this.reader.read(null, tx);
    for (const threshold of thresholds) {
      await turn(tx, threshold, board);
    }
  }
}

async function turn(tx: Transaction, row: ThresholdRow, board: BoardView): Promise<void> {
  const { value, isPassed } = measureLimit(board, { queueId: row.queue_id, measure: row.measure, limit: row.at_limit });
  const standing = { isRaised: row.is_raised, turnedAt: row.turned_at?.getTime() ?? null };
  const { turnedAt, becomes } = decideAlert(standing, isPassed, row.for_secs * 1_000, row.now.getTime());
  if (turnedAt !== standing.turnedAt) {
    await tx.query(turnThreshold, [row.id, turnedAt === null ? null : new Date(turnedAt)]);
  }
  if (becomes === 'raised') {
    const id = uuid();
    await tx.query(raiseAlert, [id, row.id, value]);
    await tx.query(tellAlert, [id, 'raised']);
  } else if (becomes === 'ended') {
    const [ended] = await tx.query<{ id: string }>(endAlert, [row.id]);
    await tx.query(tellAlert, [ended?.id, 'ended']);
  }
}
