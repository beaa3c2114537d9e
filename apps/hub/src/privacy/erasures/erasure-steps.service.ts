import { Injectable } from '@nestjs/common';
import { failpoint } from '#failpoint';
import { recordAct } from '../../auth/record-act.js';
import { Database, isAway, type Transaction } from '../../database/database.js';
import { LiveFeed } from '../../live/live-feed.service.js';
import { Log } from '../../platform/operations/log.js';
import { SpentFiles } from '../../platform/storage/spent-files.service.js';
import { openErasure } from '../journal.query.js';
import { personalRows } from '../personal-data.js';
import {
  endErasure,
  forgetLearnt,
  holdErasure,
  holdForgotten,
  isUnsettled,
  learnt,
  lockTalks,
  moveOn,
  noteUnlearnt,
  searchRaw,
  type ErasureRow,
} from './erasures.query.js';
import { forgetStatement } from './forget-rows.js';

/** Rows of one step: few enough that nobody waits for their locks. */
const rowsOfStep = 500;
const rawOfStep = 2_000;
/** Fewer digits than this are a short code, and stand in everybody's traffic. */
const tellingDigits = 5;
const tables = [...new Set(['erasure', ...personalRows.map(({ table }) => table)])];
const learnAnew = `analyze ${tables.join(', ')}`;

/** What a step did: there is nothing to do, it goes on at once, or something must settle first. */
export type Stepped = 'idle' | 'again' | 'settling';

/** Of this erasure nothing but files is left. */
interface Forgotten {
  forgotten: string;
}

/**
 * Forgets what is left of people, a few rows a transaction. A step that is done is written down by the transaction that did it, so wherever
 * this dies the next one goes on; and all steps are gone through again until one round finds nothing, so what was on its way in or out when it began is found too.
 */
@Injectable()
export class ErasureSteps {
  constructor(
    private readonly database: Database,
    private readonly live: LiveFeed,
    private readonly files: SpentFiles,
    private readonly log: Log,
  ) {}

  async step(): Promise<Stepped> {
    const stepped = await this.database.transaction(async (tx) => {
      const done = await this.stepWithin(tx);
      failpoint('erasure.before-commit');
      return done;
    });
    if (stepped === 'idle') {
      return this.unlearn();
    }
    if (typeof stepped === 'string') {
      return stepped;
    }
    // It is over once its files are gone, and not before: whoever dies in between begins here again.
    failpoint('erasure.before-files');
    await this.files.remove();
    failpoint('erasure.before-end');
    await this.database.transaction((tx) => this.end(tx, stepped.forgotten));
    return 'again';
  }

  /**
   * For its plans PostgreSQL keeps values of rows that it saw, names and words among them, until it looks at a table again. Once nobody is
   * being erased any more it does so for all who were; where that takes too long, in its own time.
   */
  private async unlearn(): Promise<Stepped> {
    const erasures = await this.database.query<{ id: string }>(learnt);
    if (erasures.length === 0) {
      return 'idle';
    }
    try {
      await this.database.query(learnAnew);
      await this.database.query(forgetLearnt, [tables]);
    } catch (error) {
      if (isAway(error)) {
        throw error;
      }
      this.log.warn('What the database keeps of erased rows for its plans goes at its next analysis.', {
        reason: String(error),
      });
    }
    await this.database.query(noteUnlearnt, [erasures.map(({ id }) => id)]);
    return 'again';
  }

  private async stepWithin(tx: Transaction): Promise<Stepped | Forgotten> {
    const [erasure] = await tx.query<ErasureRow & Record<string, unknown>>(holdErasure);
    if (!erasure) {
      return 'idle';
    }
    if (erasure.step < personalRows.length) {
      await this.forget(tx, erasure);
      return 'again';
    }
    if (erasure.step === personalRows.length) {
      await this.searchRaw(tx, erasure);
      return 'again';
    }
    return this.lookAgain(tx, erasure);
  }

  private async forget(tx: Transaction, erasure: ErasureRow): Promise<void> {
    const { conversations, customers, addresses, step } = erasure;
    const rows = personalRows[step];
    if (!rows) {
      return;
    }
    const talks = await tx.query<{ id: string; rev: number }>(lockTalks, [conversations]);
    await this.journal(tx, erasure);
    const [done] = await tx.query<{ n: number }>(forgetStatement(rows), [
      conversations,
      customers,
      addresses,
      rowsOfStep,
    ]);
    const count = done?.n ?? 0;
    if (rows.table === 'message' && count > 0) {
      this.live.movedBy(tx, talks);
    }
    await tx.query(moveOn, [
      erasure.id,
      count < rowsOfStep ? step + 1 : step,
      erasure.found || count > 0,
      erasure.behind,
      rows.kind,
      count,
    ]);
  }

  /** Only what is journaled in a transaction may change in it. */
  private async journal(tx: Transaction, { conversations, customers, step, asked_by: by }: ErasureRow): Promise<void> {
    const { table, journaled } = personalRows[step] ?? {};
    if (journaled === undefined && table !== 'message' && table !== 'identity') {
      return;
    }
    const named =
      journaled === undefined
        ? []
        : await tx.query<{ id: string }>(bothParameters(journaled), [conversations, customers]);
    const ids = named.map(({ id }) => id);
    await openErasure(tx, {
      ids: [...conversations, ...customers, ...(table === 'merge_journal' ? ids : [])],
      tickets: table === 'ticket' ? ids : [],
      by,
      why: 'step',
    });
  }

  private async searchRaw(tx: Transaction, erasure: ErasureRow): Promise<void> {
    const { words, digits } = needlesOf(erasure.addresses);
    const [row] = await tx.query<{ looked: number; gone: number; behind: string | null }>(searchRaw, [
      erasure.behind,
      rawOfStep,
      words,
      digits,
    ]);
    const { looked = 0, gone = 0, behind = null } = row ?? {};
    await tx.query(moveOn, [
      erasure.id,
      looked < rawOfStep ? erasure.step + 1 : erasure.step,
      erasure.found || gone > 0,
      behind ?? erasure.behind,
      'raw',
      gone,
    ]);
  }

  /** Another round where the last one found something, or something is still on its way out. */
  private async lookAgain(
    tx: Transaction,
    { id, conversations, found, behind }: ErasureRow,
  ): Promise<Stepped | Forgotten> {
    const [still] = await tx.query<{ unsettled: boolean }>(isUnsettled, [conversations]);
    if (!found && !still?.unsettled) {
      return { forgotten: id };
    }
    await tx.query(moveOn, [id, 0, false, behind, 'other', 0]);
    return still?.unsettled ? 'settling' : 'again';
  }

  /** Another node may have ended it meanwhile. */
  private async end(tx: Transaction, id: string): Promise<void> {
    const [erasure] = await tx.query<ErasureRow & Record<string, unknown>>(holdForgotten, [id, personalRows.length]);
    if (!erasure) {
      return;
    }
    await tx.query(endErasure, [erasure.id]);
    await recordAct(tx, {
      actorId: erasure.asked_by,
      action: 'customer.erased',
      subject: erasure.customer_id,
      details: { erasure: erasure.id, removed: erasure.removed },
    });
  }
}

/** A text that asks for one of two parameters must still name both. */
function bothParameters(text: string): string {
  return `select named.id from (${text}) named where $1::uuid[] is not null and $2::uuid[] is not null`;
}

/** How an address stands in what providers send: numbers without their plus, for that is not always sent as one. */
export function needlesOf(addresses: readonly string[]): { words: string[]; digits: string[] } {
  const isNumber = (address: string): boolean => /^\+?\d+$/u.test(address);
  return {
    words: addresses.filter((address) => !isNumber(address)),
    digits: addresses
      .filter(isNumber)
      .map((address) => address.replace('+', ''))
      .filter((address) => address.length >= tellingDigits),
  };
}
