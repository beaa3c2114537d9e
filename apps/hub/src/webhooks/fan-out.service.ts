import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { failpoint } from '#failpoint';
import { Database, type Transaction } from '../database/database.js';
import { nextFacts, type Fact } from '../events/fact-log.query.js';
import { holdCursor, moveCursor, queueFacts, webhooksBehind, type HeldCursor } from './fan-out.query.js';

const batchSize = 500;

/**
 * Turns facts into deliveries, once each: the deliveries are written and the cursor moves in one transaction, so a crash in between
 * leaves neither. Of several nodes one reads for a webhook at a time.
 */
@Injectable()
export class FanOut {
  constructor(private readonly database: Database) {}

  /** Reads for every webhook until nothing is left. */
  async run(): Promise<void> {
    const behind = await this.database.query<{ id: string }>(webhooksBehind);
    for (const { id } of behind) {
      while (await this.database.transaction((tx) => this.step(tx, id))) {
        // The next batch.
      }
    }
  }

  /** Whether more may be waiting. */
  private async step(tx: Transaction, id: string): Promise<boolean> {
    const [cursor] = await tx.query<HeldCursor & Record<string, unknown>>(holdCursor, [id]);
    if (!cursor) {
      return false;
    }
    const { xid, position, types } = cursor;
    const facts = await tx.query<Fact & Record<string, unknown>>(nextFacts, [xid, position, batchSize]);
    const last = facts.at(-1);
    if (!last) {
      return false;
    }
    // Read by transaction, told by position: in one conversation that is the order in which things happened.
    const wanted = facts
      .filter(({ type }) => types.includes(type))
      .toSorted((a, b) => Number(a.position) - Number(b.position))
      .map((fact) => ({ ...fact, id: uuid() }));
    if (wanted.length > 0) {
      await tx.query(queueFacts, [id, JSON.stringify(wanted)]);
    }
    await tx.query(moveCursor, [id, last.xid, last.position]);
    failpoint('webhook.before-fan-out-commit');
    return facts.length === batchSize;
  }
}
