import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { LineHappening } from '#channels';
import { isAway } from '../../database/database.js';
import { startRounds, type Rounds } from '../../platform/operations/rounds.js';
import { CallLines, type Line } from '../lines/call-lines.service.js';
import { LineAnswers } from './line-answers.service.js';

interface Notice {
  line: Line;
  turn: number;
  happening: LineHappening;
}

const againMs = 500;
const patienceMs = 1000;
const most = 10_000;

/** Tells the calls what takes no reply: that a caller hung up, or that two talk now. While the database is away it waits, and is told then. */
@Injectable()
export class LineNotices implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger(LineNotices.name);
  private readonly waiting: Notice[] = [];
  private rounds: Rounds | null = null;
  private telling: Promise<void> | null = null;

  constructor(
    private readonly lines: CallLines,
    private readonly answers: LineAnswers,
  ) {}

  onModuleInit(): void {
    this.rounds = startRounds(againMs, () => {
      this.telling ??= this.tellWaiting().finally(() => (this.telling = null));
    });
  }

  /** A database that does not answer must not hold up the end. */
  async onModuleDestroy(): Promise<void> {
    await this.rounds?.stop();
    await inTime(this.telling ?? Promise.resolve());
  }

  /** Resolves when it is told, or waits for the database; soon in any case. Never rejects. */
  async tell(notice: Notice): Promise<void> {
    await inTime(this.tellOrWait(notice));
  }

  private async tellOrWait(notice: Notice): Promise<void> {
    if (!(await this.told(notice)) && this.waiting.length < most) {
      this.waiting.push(notice);
    }
  }

  private async tellWaiting(): Promise<void> {
    for (let next = this.waiting[0]; next && (await this.told(next)); next = this.waiting[0]) {
      this.waiting.shift();
    }
  }

  private async told({ line, turn, happening }: Notice): Promise<boolean> {
    try {
      await this.answers.met(line);
      await this.lines.next(line, turn, happening);
    } catch (error) {
      if (isAway(error)) {
        return false;
      }
      this.logger.warn(`a line could not be told that it is over, or answered: ${String(error)}`);
    }
    return true;
  }
}

async function inTime(work: Promise<void>): Promise<void> {
  const timer = new AbortController();
  await Promise.race([work, sleep(patienceMs, null, { signal: timer.signal }).catch(() => null)]);
  timer.abort();
}
