import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { HubConfig } from '#config';
import { Database, isAway } from '../database/database.js';
import { Log } from '../platform/operations/log.js';
import { Looks } from '../platform/operations/looks.js';
import { SurveyAnswers } from './survey-answers.service.js';
import {
  expireAsks,
  listDueAsks,
  listUnasked,
  planAsks,
  postponeDue,
  surveysAhead,
  type Ahead,
  type DueAsk,
  type Unasked,
} from './survey-plans.query.js';
import { Surveys } from './surveys.service.js';

/** How soon to look again: while some survey asks by itself, and while none does. */
const restMs = { planning: 2_000, idle: 30_000 };
/** How far back solved tickets are looked for: most looks see only the last minutes, and one an hour what a stop may have hidden. */
const lookBackMinutes = { often: 10, seldom: 3 * 24 * 60 };
const seldomMs = 3_600_000;
const most = { planned: 500, asked: 50, told: 100 };

/**
 * Plans what is asked about tickets that were solved, asks what is due, and ends what nobody answered. Rows and the database's clock
 * decide; looks of several nodes do no harm to each other.
 */
@Injectable()
export class SurveySweeper implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly looks = new Looks(() => this.lookAtAll(), 'surveys');
  private lookedFarAt = -Infinity;

  constructor(
    private readonly database: Database,
    private readonly surveys: Surveys,
    private readonly answers: SurveyAnswers,
    private readonly config: HubConfig,
    private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    if (this.config.role !== 'web') {
      this.looks.start(restMs.planning);
    }
  }

  onApplicationShutdown(): Promise<void> {
    return this.looks.stop();
  }

  /** Surveys were set up differently. */
  wake(): void {
    this.looks.wake();
  }

  /** Looks now; calls during a look share the next. Never rejects. */
  look(): Promise<void> {
    return this.looks.look();
  }

  private async lookAtAll(): Promise<number> {
    let rest = restMs.idle;
    try {
      rest = restOf(await this.follow());
    } catch (error) {
      const note = isAway(error) ? 'debug' : 'warn';
      this.log[note]('Nobody is asked how it was.', { reason: String(error) });
    }
    return rest;
  }

  private async follow(): Promise<Ahead> {
    const ahead = await this.readAhead();
    if (ahead.planning) {
      await this.plan();
    }
    if (ahead.planning || ahead.dueInMs !== null) {
      await this.askDue();
    }
    await this.database.query(expireAsks);
    await this.answers.tellUntold(most.told);
    return this.readAhead();
  }

  private async readAhead(): Promise<Ahead> {
    const [ahead] = await this.database.query<Ahead & Record<string, unknown>>(surveysAhead);
    return ahead ?? { planning: false, dueInMs: null };
  }

  private async plan(): Promise<void> {
    const isFar = performance.now() - this.lookedFarAt >= seldomMs;
    const minutes = isFar ? lookBackMinutes.seldom : lookBackMinutes.often;
    const unasked = await this.database.query<Unasked & Record<string, unknown>>(listUnasked, [minutes, most.planned]);
    if (unasked.length > 0) {
      await this.database.query(planAsks, [JSON.stringify(unasked.map((one) => ({ id: uuid(), ...one })))]);
    }
    if (isFar && unasked.length < most.planned) {
      this.lookedFarAt = performance.now();
    }
  }

  /** One that cannot be asked must not hold up the others. */
  private async askDue(): Promise<void> {
    for (const due of await this.database.query<DueAsk & Record<string, unknown>>(listDueAsks, [most.asked])) {
      await this.database
        .transaction((tx) => this.surveys.askDue(tx, due))
        .catch(async (error: unknown) => {
          if (isAway(error)) {
            throw error;
          }
          this.log.warn('A customer could not be asked how it was.', { reason: String(error), ask: due.id });
          await this.database.query(postponeDue, [due.id]);
        });
    }
  }
}

function restOf({ planning, dueInMs }: Ahead): number {
  return Math.max(
    0,
    Math.min(planning ? restMs.planning : restMs.idle, dueInMs === null ? Infinity : Math.max(dueInMs, 1_000)),
  );
}
