import type { ServiceTime } from '../calendars/service-time.js';
import type { TicketState } from '../tickets/ticket-state.js';
import {
  endClock,
  isLive,
  pauseClock,
  recountClock,
  resumeClock,
  startClock,
  tellRungs,
  type ClockTerms,
  type SlaClock,
} from './sla-clock.js';
import type { Rung, SlaMetric } from './sla-terms.js';

/** A clock with the version of the policy that it is pinned to. */
export interface PinnedClock extends SlaClock {
  id: string;
  policyVersionId: string;
}

/** A version of a policy with what its clocks count by. */
export interface PinnedTerms extends ClockTerms {
  versionId: string;
  policyId: string;
}

/** What happened to a ticket, as far as promises about it are concerned. `at` in milliseconds of the Unix epoch. */
export type SlaEvent = { at: number } & (
  | { kind: 'opened' }
  | { kind: 'customer_wrote' }
  /** An agent's answer to the customer, not a note and not a bot's words. */
  | { kind: 'agent_answered' }
  | { kind: 'moved'; from: TicketState; to: TicketState }
  /**
   * Its queue, its priority or its customer's tier changed: another policy may govern it. A new version of the same one leaves its clocks
   * where they are pinned, unless somebody wants it to hold for what is under way (`anew`).
   */
  | { kind: 'governed'; anew?: boolean }
  /** It was merged into another ticket, which has promises of its own. */
  | { kind: 'merged' }
  /** That merge was taken back: what it ended goes on, without the time in between. */
  | { kind: 'unmerged'; mergedAt: number }
  /** What waited for an answer was moved to another ticket. */
  | { kind: 'nothing_owed' }
);

export interface SlaRules {
  /** The policy that governs the ticket now; null where nothing is promised. */
  governing: PinnedTerms | null;
  /** The terms of a version that a live clock is pinned to. */
  termsOf: (versionId: string) => PinnedTerms;
  newId: () => string;
}

/** A ticket's clocks, with the state that it is in after the event. */
export interface SlaCourse {
  state: TicketState;
  clocks: readonly PinnedClock[];
}

/** Something to be told of a clock. */
export interface ToldRung {
  clock: PinnedClock;
  rung: Rung;
}

/**
 * What an event does to the clocks of a ticket. Nothing is deleted: a promise that changes ends its clock and opens the next one with
 * the time that was used. Rungs that lay before the event come first, however late they are seen.
 */
export function followEvent(
  course: SlaCourse,
  event: SlaEvent,
  rules: SlaRules,
): { clocks: PinnedClock[]; told: ToldRung[] } {
  const { clocks, told } = tellAll(course.clocks, event.at, rules);
  return { clocks: apply({ state: course.state, clocks }, event, rules), told };
}

/** Tells what has come by an instant, of every clock that runs. */
export function tellAll(
  clocks: readonly PinnedClock[],
  at: number,
  rules: Pick<SlaRules, 'termsOf'>,
): { clocks: PinnedClock[]; told: ToldRung[] } {
  const results = clocks.map((clock) => {
    if (clock.state !== 'running') {
      return { clock, rungs: [] };
    }
    const { clock: after, rungs } = tellRungs(clock, at, rules.termsOf(clock.policyVersionId));
    return { clock: rungs.length > 0 ? { ...clock, ...after } : clock, rungs };
  });
  return {
    clocks: results.map(({ clock }) => clock),
    told: results.flatMap(({ clock, rungs }) => rungs.map((rung) => ({ clock, rung }))),
  };
}

function apply(course: SlaCourse, event: SlaEvent, rules: SlaRules): PinnedClock[] {
  switch (event.kind) {
    case 'opened':
      return begin(course, 'resolution', event.at, rules);
    case 'customer_wrote':
      return hear(course, event.at, rules);
    case 'agent_answered':
      return end(course.clocks, ['first_response', 'next_response'], 'met', event.at, rules);
    case 'moved':
      return move(course, event, rules);
    case 'governed':
      return govern(course, event, rules);
    case 'merged':
      return end(course.clocks, ['first_response', 'next_response', 'resolution'], 'cancelled', event.at, rules);
    case 'unmerged':
      return resume(course, event, rules);
    case 'nothing_owed':
      return end(course.clocks, ['first_response', 'next_response'], 'cancelled', event.at, rules);
  }
}

/** Opens a clock in the place of each that a merge ended, with the time that was used. */
function resume(course: SlaCourse, { at, mergedAt }: { at: number; mergedAt: number }, rules: SlaRules): PinnedClock[] {
  const ended = course.clocks.filter(
    ({ state, endedAt }) => state === 'cancelled' && endedAt !== null && endedAt >= mergedAt,
  );
  return isOver(course.state)
    ? [...course.clocks]
    : ended.reduce<PinnedClock[]>(
        (clocks, { metric, consumedMs }) => begin({ ...course, clocks }, metric, at, rules, consumedMs),
        [...course.clocks],
      );
}

/** The first message waits for the first answer; those after an answer wait for the next one, together. */
function hear(course: SlaCourse, at: number, rules: SlaRules): PinnedClock[] {
  const { clocks, state } = course;
  if (isOver(state) || clocks.some((clock) => isLive(clock) && clock.metric !== 'resolution')) {
    return [...clocks];
  }
  const isFirst = !clocks.some(({ metric }) => metric === 'first_response' || metric === 'next_response');
  return begin(course, isFirst ? 'first_response' : 'next_response', at, rules);
}

function move(
  course: SlaCourse,
  { from, to, at }: { from: TicketState; to: TicketState; at: number },
  rules: SlaRules,
): PinnedClock[] {
  if (isOver(to)) {
    const resolved = end(course.clocks, ['resolution'], 'met', at, rules);
    return end(resolved, ['first_response', 'next_response'], 'cancelled', at, rules);
  }
  if (isOver(from)) {
    const last = course.clocks.findLast(({ metric }) => metric === 'resolution');
    return begin({ ...course, state: to }, 'resolution', at, rules, last?.consumedMs);
  }
  // An agent who waits for the customer has said what there was to say.
  const clocks = to === 'pending' ? end(course.clocks, ['next_response'], 'met', at, rules) : course.clocks;
  return clocks.map((clock) => turn(clock, to, at, rules));
}

/** Lets a clock run or stand still, as its own terms say of the state. */
function turn(clock: PinnedClock, state: TicketState, at: number, { termsOf }: SlaRules): PinnedClock {
  if (!isLive(clock)) {
    return clock;
  }
  const pinned = termsOf(clock.policyVersionId);
  const turned = pinned.terms.pausedIn.includes(state) ? pauseClock(clock, at, pinned) : resumeClock(clock, at, pinned);
  return turned === clock ? clock : { ...clock, ...turned };
}

/** Carries live clocks over to the policy that governs now; those that it promises nothing about end. */
function govern(
  course: SlaCourse,
  { at, anew = false }: { at: number; anew?: boolean },
  rules: SlaRules,
): PinnedClock[] {
  const { governing, termsOf } = rules;
  const stays = ({ policyVersionId }: PinnedClock) =>
    policyVersionId === governing?.versionId || (!anew && termsOf(policyVersionId).policyId === governing?.policyId);
  const moving = course.clocks.filter((clock) => isLive(clock) && !stays(clock));
  const cancelled = course.clocks.map((clock) =>
    moving.includes(clock) ? endOne(clock, 'cancelled', at, rules) : clock,
  );
  return moving.reduce<PinnedClock[]>(
    (clocks, { id, metric }) =>
      begin({ ...course, clocks }, metric, at, rules, clocks.find((clock) => clock.id === id)?.consumedMs),
    cancelled,
  );
}

function begin(course: SlaCourse, metric: SlaMetric, at: number, rules: SlaRules, carriedMs = 0): PinnedClock[] {
  const { governing } = rules;
  const targetMs = governing?.terms.targets[metric];
  const before = course.clocks.filter((clock) => clock.metric === metric);
  if (!governing || targetMs === undefined || before.some(isLive)) {
    return [...course.clocks];
  }
  const cycle = Math.max(0, ...before.map((clock) => clock.cycle)) + 1;
  const clock = {
    ...startClock({ metric, cycle, targetMs, at, carriedMs }, governing),
    id: rules.newId(),
    policyVersionId: governing.versionId,
  };
  return [...course.clocks, turn(clock, course.state, at, { ...rules, termsOf: () => governing })];
}

function end(
  clocks: readonly PinnedClock[],
  metrics: readonly SlaMetric[],
  how: 'met' | 'cancelled',
  at: number,
  rules: SlaRules,
): PinnedClock[] {
  return clocks.map((clock) =>
    isLive(clock) && metrics.includes(clock.metric) ? endOne(clock, how, at, rules) : clock,
  );
}

function endOne(clock: PinnedClock, how: 'met' | 'cancelled', at: number, { termsOf }: SlaRules): PinnedClock {
  return { ...clock, ...endClock(clock, how, at, termsOf(clock.policyVersionId)) };
}

/** The clocks of a ticket after the hours of calendars changed: `before` gives what one that runs has counted by until now. */
export function recountAll(
  clocks: readonly PinnedClock[],
  at: number,
  before: (pinned: PinnedTerms) => ServiceTime,
  termsOf: SlaRules['termsOf'],
): PinnedClock[] {
  return clocks.map((clock) => {
    if (clock.state !== 'running') {
      return clock;
    }
    const pinned = termsOf(clock.policyVersionId);
    return { ...clock, ...recountClock(clock, at, before(pinned), pinned) };
  });
}

function isOver(state: TicketState): boolean {
  return state === 'solved' || state === 'closed';
}
