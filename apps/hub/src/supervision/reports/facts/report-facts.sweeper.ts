import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { HubConfig } from '#config';
import { failpoint } from '#failpoint';
import { Database, isAway, type Transaction } from '../../../database/database.js';
import { hasFacts, type Fact } from '../../../events/fact-log.query.js';
import { FactReader } from '../../../events/fact-reader.js';
import { Log } from '../../../platform/operations/log.js';
import { Metrics } from '../../../platform/operations/metrics.js';
import { startRounds, type Rounds } from '../../../platform/operations/rounds.js';
import { SharedLook } from '../../../platform/operations/shared-look.js';
import { refreshFacts, ticketsNamed } from './report-facts.query.js';

const reader = 'reports';
/** Nobody looks at a report to see what happened this second, and a ticket about which much happens is counted once for all of it. */
const pollMs = 2_000;
const fillMs = 10_000;
const ticketsPerPortion = 500;

const look = `
select ${hasFacts} as "hasFacts", (select filled_at is null from report_filling) as "isUnfilled"`;

const nextPortion = `
select t.id from ticket t where t.id > (select behind from report_filling for update) order by t.id limit ${String(ticketsPerPortion)}`;

/**
 * Keeps the facts that reports count: follows the log with a cursor of its own, and has the facts of each ticket that something happened to
 * made again from its rows, in the transaction that moves the cursor. Made again they come out the same, so nothing is counted twice;
 * what a merge, a move or an erasure changed is right with the next turn.
 */
@Injectable()
export class ReportFacts implements OnApplicationBootstrap, OnApplicationShutdown {
  private rounds: Rounds | null = null;
  private readonly looks = new SharedLook(() => this.sweepAll());
  private isStopped = false;
  private readonly facts: FactReader;

  constructor(
    private readonly database: Database,
    private readonly config: HubConfig,
    private readonly log: Log,
    metrics: Metrics,
  ) {
    this.facts = new FactReader(database, log, {
      reader,
      called: 'the facts of reports',
      follow: (tx, facts) => this.follow(tx, facts),
      turned: () => failpoint('reports.between-turns'),
    });
    metrics.sum(
      'peyk_report_facts_skipped_total',
      'Facts that reports could not follow; in health none.',
      () => this.facts.leftOut,
    );
  }

  async onApplicationBootstrap(): Promise<void> {
    if (this.config.role === 'web') {
      return;
    }
    await this.facts.begin();
    this.rounds = startRounds(pollMs, () => this.sweep(), 'reports');
  }

  async onApplicationShutdown(): Promise<void> {
    this.isStopped = true;
    await this.rounds?.stop();
    await this.looks.settled();
  }

  /** Follows all facts; calls during a sweep share the next. Never rejects. */
  sweep(): Promise<void> {
    return this.looks.take();
  }

  private async sweepAll(): Promise<void> {
    try {
      const [found] = await this.database.query<{ hasFacts: boolean; isUnfilled: boolean }>(look, [reader]);
      if (found?.isUnfilled) {
        await this.fill();
      }
      if (found?.hasFacts) {
        await this.facts.followAll();
      }
    } catch (error) {
      if (isAway(error)) {
        this.log.debug('Facts of reports wait for the database.', { reason: String(error) });
      } else {
        this.log.error('A look at the facts of reports failed.', error);
      }
    }
  }

  private async follow(tx: Transaction, facts: readonly Fact[]): Promise<void> {
    const ids = [...new Set(facts.flatMap(idsOf))];
    const tickets = await tx.query<{ id: string }>(ticketsNamed, [ids]);
    if (tickets.length > 0) {
      await refreshFacts(
        tx,
        tickets.map(({ id }) => id),
      );
    }
    failpoint('reports.before-commit');
  }

  /**
   * What was there before anybody followed, portion by portion, under the cursor so that one node does it. The next sweep goes on, so that
   * nobody takes a long history for a worker that hangs.
   */
  private async fill(): Promise<void> {
    const endAt = performance.now() + fillMs;
    for (let isBehind = true; isBehind && !this.isStopped && performance.now() < endAt;) {
      isBehind = await this.database.transaction(async (tx) => {
        if ((await this.facts.hold(tx)) === undefined) {
          return false;
        }
        const portion = (await tx.query<{ id: string }>(nextPortion)).map(({ id }) => id);
        await refreshFacts(tx, portion);
        await tx.query(
          portion.length < ticketsPerPortion
            ? 'update report_filling set behind = coalesce($1, behind), filled_at = clock_timestamp()'
            : 'update report_filling set behind = $1',
          [portion.at(-1) ?? null],
        );
        return portion.length === ticketsPerPortion;
      });
    }
  }
}

const idShape = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function idsOf({ subject_id: subject, payload }: Fact): string[] {
  const named = Object.values(payload).filter((value) => typeof value === 'string' && idShape.test(value));
  return [subject, ...(named as string[])];
}
