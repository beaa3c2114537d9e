import { Injectable } from '@nestjs/common';
import { eventOfFact, followRules, type Rule } from '#tickets';
import type { Transaction } from '../../database/database.js';
import type { Fact } from '../../events/fact-log.query.js';
import { Happenings } from './happenings.service.js';
import { IdleTickets } from './idle-tickets.service.js';
import { readRules, ruleRows, type RuleRow } from './rule-rows.query.js';
import { noteFirings, readRunBook, tellRefused } from './rule-runs.query.js';

/** Asks the rules that are on about facts, and writes down which fire. */
@Injectable()
export class RuleAsking {
  constructor(
    private readonly happenings: Happenings,
    private readonly idle: IdleTickets,
  ) {}

  /** Makes facts of tickets that were idle for as long as a rule waits, when it is time to look; whether there are any. */
  findIdle(): Promise<boolean> {
    return this.idle.look();
  }

  /** How many runs that makes. */
  async ask(tx: Transaction, facts: readonly Fact[]): Promise<number> {
    const rows = await tx.query<RuleRow & Record<string, unknown>>(
      `${ruleRows} where r.enabled order by r.position, r.id`,
    );
    const { rules } = await readRules(tx, rows);
    const happenings = await this.happenings.load(tx, positionsFor(rules, facts));
    if (happenings.length === 0) {
      return 0;
    }
    const book = await readRunBook(tx, rules, happenings);
    const firings = happenings.flatMap((happening) => followRules(rules, happening, book));
    if (firings.length > 0) {
      await noteFirings(tx, firings);
      await tellRefused(
        tx,
        firings.filter(({ refused }) => refused !== null),
      );
    }
    return firings.filter(({ refused }) => refused === null).length;
  }
}

/** The facts that any of the rules waits for. */
function positionsFor(rules: readonly Rule[], facts: readonly Fact[]): string[] {
  const kinds = new Set(rules.map(({ event }) => event.on));
  return facts
    .filter(({ type, payload }) => {
      const kind = eventOfFact(type, payload);
      return kind !== null && kinds.has(kind);
    })
    .map(({ position }) => position);
}
