import type { Statement } from '#channels';
import { isAway, type Database, type Transaction } from '../database/database.js';
import type { Log } from '../platform/operations/log.js';
import { beginCursor, firstUnseenAt, moveCursor, nextFacts, type Fact, type FactCursor } from './fact-log.query.js';

const factsPerTurn = 200;
/** How often a fact is tried alone before it is left out: what fails because of something else passes. */
const triesAlone = 5;

/**
 * Takes the cursor for the length of a transaction; no row: another node has it. `seenUntil`: up to when everything that happened can be seen
 * by a statement that follows: now, unless a transaction that began before something else still runs.
 */
const holdCursor: Statement = {
  name: 'facts-hold-cursor',
  text: `
select xid::text, position::text,
       extract(epoch from least(clock_timestamp(), ${firstUnseenAt}))::float8 * 1000 as "seenUntil"
from fact_cursor where reader = $1 for no key update skip locked`,
};

/** A cursor under lock. `seenUntil` in milliseconds of the Unix epoch. */
export type HeldCursor = FactCursor & { seenUntil: number };

/** Who reads facts, and what they do with them. */
export interface FactFollower {
  /** The name of the cursor. */
  reader: string;
  /** How the log speaks of the reader, in the plural: "the rules". */
  called: string;
  /** Does what follows from facts, in the transaction that moves the cursor. What it throws makes turns smaller, and then leaves a fact out. */
  follow(tx: Transaction, facts: readonly Fact[]): Promise<void>;
  /** Each turn has ended, well or not. */
  turned(): void;
}

/**
 * Follows the log of facts with a cursor that nodes share: one reads at a time, and what it does commits with the cursor's move, so each
 * fact is followed once whatever dies in between. What cannot be followed must not stop everything behind it: it is found by ever
 * smaller turns and left out.
 */
export class FactReader {
  private limit = factsPerTurn;
  private failedAlone = 0;
  private left = 0;

  constructor(
    private readonly database: Database,
    private readonly log: Log,
    private readonly follower: FactFollower,
  ) {}

  /** How many facts were left out; in health none. */
  get leftOut(): number {
    return this.left;
  }

  async begin(): Promise<void> {
    await this.database.query(beginCursor, [this.follower.reader]);
  }

  /**
   * Follows all that there is. Returns until when everything that happened is followed, in milliseconds of the Unix epoch; null where that is
   * not known, for another node reads, or a turn failed and will be tried again. Throws when the database is away.
   */
  async followAll(): Promise<number | null> {
    for (;;) {
      const turned = await this.database
        .transaction((tx) => this.turn(tx))
        .catch((error: unknown) => this.failTurn(error));
      this.follower.turned();
      if (!turned?.isBehind) {
        return turned?.seenUntil ?? null;
      }
    }
  }

  /** Takes the cursor for the length of a transaction; undefined: another node has it. */
  async hold(tx: Transaction): Promise<HeldCursor | undefined> {
    const [cursor] = await tx.query<HeldCursor & Record<string, unknown>>(holdCursor, [this.follower.reader]);
    return cursor;
  }

  /** Follows what comes next. `isSkipping` moves over the facts without a look at them. */
  private async turn(tx: Transaction, isSkipping = false): Promise<{ isBehind: boolean; seenUntil: number } | null> {
    const cursor = await this.hold(tx);
    if (!cursor) {
      return null;
    }
    const { limit } = this;
    const facts = await tx.query<Fact & Record<string, unknown>>(nextFacts, [cursor.xid, cursor.position, limit]);
    const last = facts.at(-1);
    if (last) {
      await (isSkipping ? null : this.follower.follow(tx, facts));
      await tx.query(moveCursor, [this.follower.reader, last.xid, last.position]);
      this.limit = Math.min(factsPerTurn, limit * 2);
      this.failedAlone = 0;
    }
    return { isBehind: facts.length === limit, seenUntil: cursor.seenUntil };
  }

  private async failTurn(error: unknown): Promise<null> {
    if (isAway(error)) {
      throw error;
    }
    const { called } = this.follower;
    this.failedAlone += this.limit === 1 ? 1 : 0;
    if (this.failedAlone < triesAlone) {
      this.limit = Math.ceil(this.limit / 4);
      this.log.warn(`A turn of ${called} failed and is made smaller.`, { reason: String(error) });
      return null;
    }
    this.left += 1;
    this.log.error(`A fact is left out: ${called} cannot follow it.`, error);
    await this.database
      .transaction((tx) => this.turn(tx, true))
      .catch((again: unknown) => this.log.error('It could not be left out either.', again));
    return null;
  }
}
