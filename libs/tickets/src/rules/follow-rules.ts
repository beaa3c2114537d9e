import type { TicketAction } from '../actions/ticket-action.js';
import type { RuleCondition } from './condition.js';
import { evaluateCondition, type Explained } from './evaluate.js';
import type { Happening } from './happening.js';
import type { RuleEvent } from './rule-event.js';

/** A rule as it decides. */
export interface Rule {
  id: string;
  event: RuleEvent;
  conditions: RuleCondition;
  actions: readonly TicketAction[];
  /** Where it fires, those behind it are not asked. */
  stops: boolean;
  /** How often it runs for one ticket within an hour. */
  maxPerHour: number;
  /** It follows what happened from then on; milliseconds of the Unix epoch. */
  since: number;
}

/** A chain of rules that cause one another ends here: what rules of this depth cause is followed by none. */
export const maxDepth = 5;

const hourMs = 3_600_000;

/** Why a rule that fired does not run. 'depth': its event is the end of a chain of rules · 'rate': it ran for this ticket too often. */
export type FiringRefusal = 'depth' | 'rate';

/** A rule whose conditions held. */
export interface Firing {
  rule: Rule;
  happening: Happening;
  refused: FiringRefusal | null;
  why: Explained;
}

/** When rules ran for which tickets, by the time of the events that they followed; whoever asks brings what ran before. */
export class RunBook {
  private readonly runs = new Map<string, number[]>();

  /** `at` in milliseconds of the Unix epoch. What happened within one hour may come in any order. */
  note(ruleId: string, ticketId: string, at: number): void {
    const key = `${ruleId} ${ticketId}`;
    const recent = (this.runs.get(key) ?? []).filter((one) => one > at - 2 * hourMs);
    this.runs.set(key, [...recent, at]);
  }

  /** How often the rule ran within an hour of `at`, on either side: of what comes out of order, no hour may hold more either. */
  lately(ruleId: string, ticketId: string, at: number): number {
    return (this.runs.get(`${ruleId} ${ticketId}`) ?? []).filter((one) => Math.abs(one - at) < hourMs).length;
  }
}

/**
 * Asks the rules in their order about one happening, and returns those that fire. All of them see the ticket as it was; what one does to it
 * is another happening. Runs are noted in the book.
 */
export function followRules(rules: readonly Rule[], happening: Happening, book: RunBook): Firing[] {
  const firings: Firing[] = [];
  for (const rule of rules) {
    if (!isFor(rule, happening)) {
      continue;
    }
    const why = evaluateCondition(rule.conditions, happening);
    if (!why.holds) {
      continue;
    }
    const refused = refusalOf(rule, happening, book);
    if (refused === null) {
      book.note(rule.id, happening.ticket.id, happening.at);
    }
    firings.push({ rule, happening, refused, why });
    if (rule.stops) {
      break;
    }
  }
  return firings;
}

/** A ticket is idle for the one rule that waited so long, and for no other. What a rule did itself it does not follow. */
function isFor({ id, event, since }: Rule, { kind, payload, at, cause }: Happening): boolean {
  return event.on === kind && at >= since && cause !== id && (kind !== 'idle' || payload['rule'] === id);
}

function refusalOf(rule: Rule, { depth, ticket, at }: Happening, book: RunBook): FiringRefusal | null {
  if (depth >= maxDepth) {
    return 'depth';
  }
  return book.lately(rule.id, ticket.id, at) >= rule.maxPerHour ? 'rate' : null;
}
