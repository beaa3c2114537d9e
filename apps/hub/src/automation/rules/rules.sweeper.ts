import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Statement } from '#channels';
import { HubConfig } from '#config';
import { failpoint } from '#failpoint';
import { Database, isAway } from '../../database/database.js';
import { hasFacts } from '../../events/fact-log.query.js';
import { FactReader } from '../../events/fact-reader.js';
import { Log } from '../../platform/operations/log.js';
import { Metrics } from '../../platform/operations/metrics.js';
import { startRounds, type Rounds } from '../../platform/operations/rounds.js';
import { SharedLook } from '../../platform/operations/shared-look.js';
import { RuleAsking } from './rule-asking.service.js';
import { RuleRuns } from './rule-runs.service.js';

const reader = 'rules';
const pollMs = 250;
/** How often a hub without a rule looks whether it still has none. Another node's first rule is followed this late at most. */
const restMs = 5_000;

/** What happened before a rule was switched on is none of its business, so with no rule there is nothing to read. */
const skipToNow = `
update fact_cursor set xid = pg_snapshot_xmin(pg_current_snapshot()), position = 0
where reader = (select c.reader from fact_cursor c where c.reader = $1 for no key update skip locked)
  and xid <> pg_snapshot_xmin(pg_current_snapshot()) and not exists (select 1 from rule where enabled)`;

/** Asked at every look, so that rules cost one statement where nothing happens. */
const look: Statement = {
  name: 'rules-look',
  text: `
select exists (select 1 from rule where enabled) as "hasRules",
  ${hasFacts} as "hasFacts",
  exists (select 1 from rule_run where state = 'due' and due_at <= clock_timestamp()) as "hasDue"`,
};

interface Look {
  hasRules: boolean;
  hasFacts: boolean;
  hasDue: boolean;
}

/**
 * Follows the facts and asks the rules about each. One node does it at a time, whoever holds the cursor; what fires is written in the
 * transaction that moves the cursor and run afterwards, so an event is followed once by each rule whatever dies in between.
 */
@Injectable()
export class RulesSweeper implements OnApplicationBootstrap, OnApplicationShutdown {
  private rounds: Rounds | null = null;
  private readonly looks = new SharedLook(() => this.sweepAll());
  private readonly facts: FactReader;
  private hasFired = false;
  private restsUntil = 0;

  constructor(
    private readonly database: Database,
    private readonly asking: RuleAsking,
    private readonly runs: RuleRuns,
    private readonly config: HubConfig,
    private readonly log: Log,
    metrics: Metrics,
  ) {
    this.facts = new FactReader(database, log, {
      reader,
      called: 'the rules',
      follow: async (tx, facts) => {
        this.hasFired = (await this.asking.ask(tx, facts)) > 0 || this.hasFired;
        failpoint('rule.before-turn-commit');
      },
      turned: () => failpoint('rule.between-turns'),
    });
    metrics.sum(
      'peyk_rule_facts_skipped_total',
      'Facts that rules could not follow; in health none.',
      () => this.facts.leftOut,
    );
  }

  async onApplicationBootstrap(): Promise<void> {
    if (this.config.role === 'web') {
      return;
    }
    await this.facts.begin();
    this.rounds = startRounds(pollMs, () => (performance.now() >= this.restsUntil ? this.sweep() : undefined), 'rules');
  }

  async onApplicationShutdown(): Promise<void> {
    await this.rounds?.stop();
    await this.looks.settled();
  }

  /** A rule was switched on or changed: the next look is due at once. */
  wake(): void {
    this.restsUntil = 0;
  }

  /** Follows all facts and runs all that is due; calls during a sweep share the next. Never rejects. */
  sweep(): Promise<void> {
    return this.looks.take();
  }

  private async sweepAll(): Promise<void> {
    try {
      const [found] = await this.database.query<Look & Record<string, unknown>>(look, [reader]);
      if (!found) {
        return;
      }
      await (found.hasRules ? this.follow(found) : this.rest());
      if (found.hasDue || this.hasFired) {
        this.hasFired = false;
        await this.runs.runDue();
      }
    } catch (error) {
      this.tell(error);
    }
  }

  private tell(error: unknown): void {
    if (isAway(error)) {
      this.log.debug('Rules wait for the database.', { reason: String(error) });
    } else {
      this.log.error('A look of the rules failed.', error);
    }
  }

  private async rest(): Promise<void> {
    this.restsUntil = performance.now() + restMs;
    await this.database.query(skipToNow, [reader]);
  }

  /** A run that fails leaves no fact out: what fires is only written here. */
  private async follow({ hasFacts }: Look): Promise<void> {
    const hasNew = await this.asking.findIdle().catch((error: unknown) => {
      this.tell(error);
      return false;
    });
    if (hasFacts || hasNew) {
      await this.facts.followAll();
    }
  }
}
