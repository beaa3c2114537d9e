import type { TicketState } from '../tickets/ticket-state.js';

/** What a promise is about. */
export type SlaMetric = 'first_response' | 'next_response' | 'resolution';

/** Something that is told while a clock runs: a warning before it is due, the breach, or a step of the escalation after it. */
export interface Rung {
  kind: 'warning' | 'breach' | 'escalation';
  /** Service time from the clock's start, in milliseconds. */
  afterMs: number;
  /** The place in the policy's list of warnings or escalations. */
  index: number;
}

/** What is done when a promise has been broken for a while. */
export interface Escalation {
  /** Service time since the breach, in milliseconds. */
  afterMs: number;
  /** Who hears of it: agents by id. Everybody who supervises hears of each breach anyway. */
  notify: readonly string[];
  /** Milliseconds by which the work moves ahead in its queue; 0 for none. */
  boostMs: number;
  /** The queue that the ticket moves to, null where it stays. */
  queueId: string | null;
}

/** The content of a published version of a policy. It never changes: clocks are pinned to it. */
export interface SlaTerms {
  /** Service time in milliseconds, by metric; absent where nothing is promised. */
  targets: Partial<Record<SlaMetric, number>>;
  /** The hours that count, null for all hours. */
  calendarId: string | null;
  /** States in which clocks stand still. */
  pausedIn: readonly TicketState[];
  /** Shares of the target at which is warned, ascending, each between 0 and 1. */
  warnings: readonly number[];
  escalations: readonly Escalation[];
}

/** Everything that is told of a clock with this target, in the order of time. */
export function rungsOf(
  targetMs: number,
  { warnings, escalations }: Pick<SlaTerms, 'warnings' | 'escalations'>,
): Rung[] {
  const rungs: Rung[] = [
    ...warnings.map((share, index) => ({ kind: 'warning' as const, afterMs: Math.floor(targetMs * share), index })),
    { kind: 'breach', afterMs: targetMs, index: 0 },
    ...escalations.map(({ afterMs }, index) => ({ kind: 'escalation' as const, afterMs: targetMs + afterMs, index })),
  ];
  return rungs.sort((one, other) => one.afterMs - other.afterMs);
}

/** What a policy is for. An empty list means any. */
export interface SlaScope {
  queueIds: readonly string[];
  tiers: readonly number[];
  priorities: readonly number[];
}

export interface SlaFacts {
  queueId: string;
  /** The customer's, 0 for none. */
  tier: number;
  priority: number;
}

/** A policy that could govern a ticket. `position` breaks ties, the lower first. */
export interface SlaCandidate {
  id: string;
  position: number;
  scope: SlaScope;
}

/** The policy that says the most about a ticket: of those that fit, the one that names the most of queue, tier and priority. */
export function choosePolicy<T extends SlaCandidate>(candidates: readonly T[], facts: SlaFacts): T | null {
  const fitting = candidates
    .filter(({ scope }) => fits(scope, facts))
    .sort((one, other) => named(other.scope) - named(one.scope) || one.position - other.position);
  return fitting[0] ?? null;
}

function fits({ queueIds, tiers, priorities }: SlaScope, { queueId, tier, priority }: SlaFacts): boolean {
  return allows(queueIds, queueId) && allows(tiers, tier) && allows(priorities, priority);
}

function allows<T>(list: readonly T[], value: T): boolean {
  return list.length === 0 || list.includes(value);
}

function named({ queueIds, tiers, priorities }: SlaScope): number {
  return [queueIds, tiers, priorities].filter((list) => list.length > 0).length;
}
