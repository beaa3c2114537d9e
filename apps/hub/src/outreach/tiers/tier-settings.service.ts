import { Injectable } from '@nestjs/common';
import type { TierPreviewView, TierSettingsView } from '#contract';
import { readTierTerms, scoreTier, Unreadable, usualTierTerms, type TierTerms } from '#tickets';
import type { Actor } from '../../auth/actor.js';
import { recordAct } from '../../auth/record-act.js';
import { Database } from '../../database/database.js';
import { conflict, invalid } from '../../platform/errors/api-error.js';
import { nextBuyers, type BuyerRow } from './tier-runs.query.js';
import { TierRuns } from './tier-runs.service.js';
import type { ChangeTiersDto } from './tiers.dto.js';

const settings = `
select enabled, case when terms = '{}' then null else terms end as terms, version, due_at as "dueAt", run_at is not null as "isRunning",
       last_run as "lastRun"
from tier_terms`;

type SettingsRow = Omit<TierSettingsView, 'terms' | 'dueAt'> & { terms: unknown; dueAt: Date | null };

const firstId = '00000000-0000-0000-0000-000000000000';
const atOnce = 5_000;
/** Whom a preview looks at: a hundred thousand say how it will be. */
const mostLooked = 100_000;

/** How tiers follow from what customers bought, as administrators set it up. */
@Injectable()
export class TierSettings {
  constructor(
    private readonly database: Database,
    private readonly runs: TierRuns,
  ) {}

  async get(): Promise<TierSettingsView> {
    const [row] = await this.database.query<SettingsRow & Record<string, unknown>>(settings);
    const { terms, dueAt, ...rest } = row as SettingsRow;
    return {
      ...rest,
      terms: terms === null ? usualTierTerms : readTierTerms(terms),
      dueAt: rest.enabled ? (dueAt?.toISOString() ?? null) : null,
    };
  }

  async change(actor: Actor, { terms, enabled, version }: ChangeTiersDto): Promise<TierSettingsView> {
    const read = readWritten(terms);
    await this.database.transaction(async (tx) => {
      // A run under way begins anew: half of it by other terms would be neither.
      const changed = await tx.query(
        `update tier_terms set terms = $1, enabled = $2, version = version + 1, at_customer = null, run_at = null,
           due_at = case when $2 then clock_timestamp() end
         where version = $3 returning version`,
        [JSON.stringify(read), enabled, version],
      );
      if (changed.length === 0) {
        throw conflict('stale', 'Somebody changed these settings meanwhile. Look again.', 'version');
      }
      await recordAct(tx, { actorId: actor.id, action: 'tiers.changed', subject: actor.id, details: { enabled } });
    });
    this.runs.wake();
    return this.get();
  }

  /** How many would have which tier, of the first hundred thousand. Changes nothing. */
  async preview(written: unknown): Promise<TierPreviewView> {
    const terms = readWritten(written);
    const people = new Map<number, number>();
    let [after, byHand, looked] = [firstId, 0, 0];
    for (;;) {
      const rows = await this.database.query<BuyerRow & Record<string, unknown>>(nextBuyers, [
        after,
        atOnce,
        terms.currency,
        terms.windowDays,
      ]);
      for (const { byHand: isByHand, daysSinceLast, purchases, spent } of rows) {
        const { tier } = scoreTier(terms, { daysSinceLast, purchases, spent });
        byHand += isByHand ? 1 : 0;
        people.set(tier, (people.get(tier) ?? 0) + (isByHand ? 0 : 1));
      }
      looked += rows.length;
      const last = rows.at(-1);
      if (!last || rows.length < atOnce || looked >= mostLooked) {
        break;
      }
      after = last.id;
    }
    const tiers = [{ tier: 0 }, ...terms.tiers].map(({ tier }) => ({ tier, people: people.get(tier) ?? 0 }));
    return { tiers, byHand };
  }
}

function readWritten(written: unknown): TierTerms {
  try {
    return readTierTerms(written);
  } catch (error) {
    throw error instanceof Unreadable ? invalid(error.field, error.detail) : error;
  }
}
