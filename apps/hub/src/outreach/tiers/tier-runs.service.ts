import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { HubConfig } from '#config';
import { readTierTerms, scoreTier, type TierScore, type TierTerms } from '#tickets';
import { Database, isAway, type Transaction } from '../../database/database.js';
import { followTier } from '../../desk/customers/follow-tier.js';
import { Log } from '../../platform/operations/log.js';
import { Looks } from '../../platform/operations/looks.js';
import { endRun, lockBuyers, lockTiers, nextBuyers, noteTiers, takeRun, type BuyerRow } from './tier-runs.query.js';

const restMs = 60_000;
const firstId = '00000000-0000-0000-0000-000000000000';
/** People of one transaction: their conversations are held while it lasts, and agents write to them. */
const atOnce = 500;

interface Run {
  terms: unknown;
  atCustomer: string | null;
  runAt: Date | null;
  beganAt: Date;
  lastRun: RunFigures | null;
}

interface RunFigures {
  at: string;
  looked: number;
  changed: number;
  byHand: number;
}

/**
 * Works out tiers every night, on the database clock. A portion of people is one transaction that also notes how far it came: a run that
 * was stopped anywhere goes on behind it, on whichever node, and changes nobody twice. A tier that somebody set by hand is left alone.
 */
@Injectable()
export class TierRuns implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly looks = new Looks(() => this.lookAtAll(), 'tiers');

  constructor(
    private readonly database: Database,
    private readonly config: HubConfig,
    private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    if (this.config.role !== 'web') {
      this.looks.start(restMs);
    }
  }

  onApplicationShutdown(): Promise<void> {
    return this.looks.stop();
  }

  /** Tiers were set up differently. */
  wake(): void {
    this.looks.wake();
  }

  /** Does what is due; calls during a look share the next. Never rejects. */
  look(): Promise<void> {
    return this.looks.look();
  }

  private async lookAtAll(): Promise<number> {
    try {
      while (await this.database.transaction((tx) => this.portion(tx))) {
        if (this.looks.isStopped) {
          break;
        }
      }
    } catch (error) {
      const note = isAway(error) ? 'debug' : 'warn';
      this.log[note]('Tiers of customers are not worked out.', { reason: String(error) });
    }
    return restMs;
  }

  /** The next people of the run that is due. Whether there may be more of it. */
  private async portion(tx: Transaction): Promise<boolean> {
    const [run] = await tx.query<Run & Record<string, unknown>>(takeRun);
    if (!run) {
      return false;
    }
    const terms = readTierTerms(run.terms);
    const buyers = await tx.query<BuyerRow & Record<string, unknown>>(nextBuyers, [
      run.atCustomer ?? firstId,
      atOnce,
      terms.currency,
      terms.windowDays,
    ]);
    const isFirst = run.runAt === null;
    const before = isFirst || !run.lastRun ? { looked: 0, changed: 0, byHand: 0 } : run.lastRun;
    const figures: RunFigures = {
      at: run.beganAt.toISOString(),
      looked: before.looked + buyers.length,
      changed: before.changed + (await this.setTiers(tx, terms, buyers)),
      byHand: before.byHand + buyers.filter(({ byHand }) => byHand).length,
    };
    const last = buyers.at(-1);
    if (!last || buyers.length < atOnce) {
      await tx.query(endRun, [JSON.stringify(figures), this.config.defaultCountry === 'IR' ? 'Asia/Tehran' : 'UTC']);
      return false;
    }
    await tx.query('update tier_terms set at_customer = $1, run_at = $2, last_run = $3', [
      last.id,
      run.beganAt,
      JSON.stringify(figures),
    ]);
    return true;
  }

  private async setTiers(tx: Transaction, terms: TierTerms, buyers: readonly BuyerRow[]): Promise<number> {
    const scored = buyers
      .filter(({ byHand }) => !byHand)
      .map(({ id, tier, score, daysSinceLast, purchases, spent }) => ({
        id,
        before: tier,
        scoredBefore: score,
        score: scoreTier(terms, { daysSinceLast, purchases, spent }),
      }));
    const changed = new Set(
      await this.change(
        tx,
        scored.filter(({ before, score }) => before !== score.tier),
      ),
    );
    const explained = scored.filter(
      ({ id, before, scoredBefore, score }) =>
        !changed.has(id) && before === score.tier && scoredBefore !== score.score && score.facts.daysSinceLast !== null,
    );
    await note(
      tx,
      scored.filter(({ id }) => changed.has(id)),
      true,
    );
    await note(tx, explained, false);
    return changed.size;
  }

  /** Gives them their tiers, under the locks that every change of a person takes. Who was given one by hand meanwhile keeps it. */
  private async change(tx: Transaction, wanted: readonly { id: string; score: TierScore }[]): Promise<string[]> {
    const ids = wanted.map(({ id }) => id);
    const conversations = await tx.query<{ id: string; customer: string }>(lockBuyers, [ids]);
    const rows = await tx.query<{ id: string; tier: number; byHand: boolean; hasWork: boolean }>(lockTiers, [ids]);
    const changes = rows.flatMap((row) => {
      const tier = wanted.find(({ id }) => id === row.id)?.score.tier;
      return tier === undefined || row.byHand || row.tier === tier ? [] : [{ ...row, to: tier }];
    });
    await tx.query(
      `update customer k set tier = t.tier from jsonb_to_recordset($1::jsonb) as t(id uuid, tier smallint) where k.id = t.id`,
      [JSON.stringify(changes.map(({ id, to }) => ({ id, tier: to })))],
    );
    for (const { id, tier, to } of changes.filter(({ hasWork }) => hasWork)) {
      const conversationId = conversations.find(({ customer }) => customer === id)?.id as string;
      await followTier(tx, { conversationId, by: null, tiers: [tier, to] });
    }
    return changes.map(({ id }) => id);
  }
}

/** `areHeld`: they are locked, and have these tiers since just now. */
async function note(
  tx: Transaction,
  people: readonly { id: string; score: TierScore }[],
  areHeld: boolean,
): Promise<void> {
  if (people.length > 0) {
    const rows = people.map(({ id, score }) => ({ id, tier: score.tier, reason: score }));
    await tx.query(noteTiers, [JSON.stringify(rows), areHeld]);
  }
}
