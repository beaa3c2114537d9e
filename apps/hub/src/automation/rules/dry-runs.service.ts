import { setImmediate as breathe } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { DryRunView, RuleEffectView } from '#contract';
import {
  factsOfEvent,
  followRules,
  planActions,
  RunBook,
  type ActionEffect,
  type Firing,
  type Happening,
  type Rule,
  type TicketFacts,
} from '#tickets';
import { Database } from '../../database/database.js';
import { tooMany } from '../../platform/errors/api-error.js';
import { Happenings } from './happenings.service.js';
import { readRules, ruleRows, type RuleRow } from './rule-rows.query.js';
import type { RuleTerms } from './rule-settings.service.js';

/** How many facts are read at once. */
const batchSize = 1000;
/** Whoever waits for the answer holds a connection: what takes longer is cut. */
const longestMs = 28_000;
const shownCases = 50;

/** What is tried: over the last so many events of the rule's kind, none older than so many days. */
export interface DryRunWish {
  terms: RuleTerms;
  /** The rule in whose place it is asked; null: behind all others. */
  ruleId: string | null;
  over: { events: number; days: number };
}

/** The newest facts of some types, oldest first. Parameters: types, days, how many. */
const pastFacts = `
select position::text from (
  select e.position from event_log e
  where e.type = any ($1::text[]) and e.at > clock_timestamp() - $2 * interval '1 day'
    and (e.type <> 'ticket.changed' or e.payload ->> 'from' is distinct from e.payload ->> 'to')
  order by e.position desc limit $3) newest
order by newest.position`;

const newRuleId = '00000000-0000-0000-0000-000000000000';

/** Tries rules on what has happened: by the same reading and deciding as rules that run, and without writing anything. */
@Injectable()
export class DryRuns {
  private isBusy = false;

  constructor(
    private readonly database: Database,
    private readonly happenings: Happenings,
  ) {}

  /** One at a time: it reads as fast as the database answers. */
  async run(wish: DryRunWish): Promise<DryRunView> {
    if (this.isBusy) {
      throw tooMany(10, 'Another dry run is under way. Wait a moment.');
    }
    this.isBusy = true;
    try {
      return await this.runOver(wish);
    } finally {
      this.isBusy = false;
    }
  }

  private async runOver(wish: DryRunWish): Promise<DryRunView> {
    const startedAt = performance.now();
    const rules = await this.rulesAround(wish);
    const rule = rules.at(-1) as Rule;
    const tally = new Tally(rule);
    const positions = await this.positionsOf(rule, wish.over);
    for (let at = 0; at < positions.length; at += batchSize) {
      if (performance.now() - startedAt > longestMs) {
        tally.isCut = true;
        break;
      }
      const happenings = await this.happenings.load(this.database, positions.slice(at, at + batchSize));
      tally.take(happenings, rules);
      await breathe();
    }
    return tally.view(Math.round(performance.now() - startedAt));
  }

  /** The rules that are asked before it, as if they had been on all the time, and itself at the end. */
  private async rulesAround({ terms, ruleId }: DryRunWish): Promise<Rule[]> {
    const rows = await this.database.query<RuleRow & Record<string, unknown>>(
      `${ruleRows} where r.enabled and r.id is distinct from $1
         and (r.position, r.id) < (coalesce((select o.position from rule o where o.id = $1), 32767), coalesce($1, r.id))
       order by r.position, r.id`,
      [ruleId],
    );
    const { rules } = await readRules(this.database, rows);
    return [...rules, { ...terms, id: ruleId ?? newRuleId }].map((rule) => ({ ...rule, since: -Infinity }));
  }

  private async positionsOf({ event }: Rule, { events, days }: DryRunWish['over']): Promise<string[]> {
    const rows = await this.database.query<{ position: string }>(pastFacts, [factsOfEvent[event.on], days, events]);
    return rows.map(({ position }) => position);
  }
}

/** Counts what one rule would have done. */
class Tally {
  isCut = false;
  private readonly book = new RunBook();
  private considered = 0;
  private approximate = 0;
  private fired = 0;
  private readonly refused = { rate: 0, depth: 0 };
  private readonly actions: DryRunView['actions'];
  private cases: DryRunView['cases'] = [];

  constructor(private readonly rule: Rule) {
    this.actions = rule.actions.map((action) => ({ do: action.do, would: 0, already: 0, refused: 0 }));
  }

  take(happenings: readonly Happening[], rules: readonly Rule[]): void {
    for (const happening of happenings) {
      this.considered += 1;
      this.approximate += happening.isApproximate ? 1 : 0;
      const firing = followRules(rules, happening, this.book).find(({ rule }) => rule === this.rule);
      if (firing) {
        this.note(firing);
      }
    }
  }

  view(tookMs: number): DryRunView {
    const { considered, fired, refused, actions, approximate, isCut } = this;
    return { considered, fired, refused, actions, approximate, cases: this.cases.toReversed(), isCut, tookMs };
  }

  private note(firing: Firing): void {
    const { happening, refused, why } = firing;
    const effects = refused === null ? planActions(factsOf(happening), this.rule.actions) : [];
    if (refused === null) {
      this.fired += 1;
      effects.forEach((effect, index) => this.count(effect, index));
    } else {
      this.refused[refused] += 1;
    }
    const { id, number, prefix } = happening.ticket;
    const ticket = { id, number, prefix, conversation: happening.conversationId };
    const at = new Date(happening.at).toISOString();
    this.cases.push({ at, ticket, refused, why, effects: effects as unknown as RuleEffectView[] });
    if (this.cases.length > shownCases) {
      this.cases.shift();
    }
  }

  private count({ change }: ActionEffect, index: number): void {
    const counted = this.actions[index] as DryRunView['actions'][number];
    if ('refused' in change) {
      counted.refused += 1;
    } else if ('from' in change && JSON.stringify(change.from) === JSON.stringify(change.to)) {
      counted.already += 1;
    } else {
      counted.would += 1;
    }
  }
}

/** What a rule's actions would have found. Who followed a ticket then, and whether it slept, is not kept. */
function factsOf({ ticket, actorId }: Happening): TicketFacts {
  return { ...ticket, stateName: null, snoozed: null, followerIds: [], actorId };
}
