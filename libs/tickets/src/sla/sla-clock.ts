import type { ServiceTime } from '../calendars/service-time.js';
import { rungsOf, type Rung, type SlaMetric, type SlaTerms } from './sla-terms.js';

/** One promise about one ticket. Instants are milliseconds of the Unix epoch, durations milliseconds of service time. */
export interface SlaClock {
  metric: SlaMetric;
  /** Counts the clocks of this metric on this ticket, from 1. */
  cycle: number;
  state: 'running' | 'paused' | 'met' | 'cancelled';
  targetMs: number;
  /** What had passed before `resumedAt`. */
  consumedMs: number;
  startedAt: number;
  /** Since when it runs; null unless it is running. */
  resumedAt: number | null;
  /** When the target is used up; null unless it is running, Infinity where its calendar never opens. */
  dueAt: number | null;
  /** When the next rung is told; null where nothing is left to tell or it stands still. */
  wakeAt: number | null;
  /** How many rungs were told. */
  told: number;
  /** Set for good when the target was passed, even if it was met afterwards. */
  breachedAt: number | null;
  endedAt: number | null;
}

/** What a clock counts by: its hours, and what is told of it. */
export interface ClockTerms {
  time: ServiceTime;
  terms: SlaTerms;
}

/** A new clock. `carriedMs` is what a clock before it had used of the same promise. */
export function startClock(
  wish: { metric: SlaMetric; cycle: number; targetMs: number; at: number; carriedMs?: number },
  terms: ClockTerms,
): SlaClock {
  const { metric, cycle, targetMs, at, carriedMs = 0 } = wish;
  const clock: SlaClock = {
    metric,
    cycle,
    state: 'paused',
    targetMs,
    consumedMs: carriedMs,
    startedAt: at,
    resumedAt: null,
    dueAt: null,
    wakeAt: null,
    told: 0,
    breachedAt: null,
    endedAt: null,
  };
  return resumeClock(clock, at, terms);
}

/** What of the target is used up at an instant. */
function consumedAt({ consumedMs, resumedAt }: SlaClock, at: number, time: ServiceTime): number {
  return resumedAt === null ? consumedMs : consumedMs + time.elapsed(resumedAt, at);
}

export function pauseClock(clock: SlaClock, at: number, terms: ClockTerms): SlaClock {
  return clock.state === 'running' ? { ...stop(clock, at, terms), state: 'paused' } : clock;
}

export function resumeClock(clock: SlaClock, at: number, terms: ClockTerms): SlaClock {
  return clock.state === 'paused' ? lay({ ...clock, state: 'running', resumedAt: at }, terms) : clock;
}

/** Ends a clock: the promise was kept or broken by then, or (`cancelled`) is none any more. */
export function endClock(clock: SlaClock, how: 'met' | 'cancelled', at: number, terms: ClockTerms): SlaClock {
  return isLive(clock) ? { ...stop(clock, at, terms), state: how, endedAt: at } : clock;
}

/** The same clock by other hours: what it used until `at` stays used, what is left is counted anew. */
export function recountClock(clock: SlaClock, at: number, before: ServiceTime, terms: ClockTerms): SlaClock {
  if (clock.state !== 'running') {
    return clock;
  }
  const consumedMs = consumedAt(clock, at, before);
  return lay({ ...clock, consumedMs, resumedAt: at }, terms);
}

/**
 * The rungs that lie before an instant and were not told yet, and the clock after they were. A breach is dated by when the target was
 * passed, not by when that was seen; whatever ends at the very moment it is due was in time.
 */
export function tellRungs(clock: SlaClock, at: number, terms: ClockTerms): { clock: SlaClock; rungs: Rung[] } {
  if (clock.state !== 'running') {
    return { clock, rungs: [] };
  }
  const all = rungsOf(clock.targetMs, terms.terms);
  const rungs: Rung[] = [];
  let told = clock;
  while (told.wakeAt !== null && told.wakeAt < at) {
    rungs.push(all[told.told] as Rung);
    told = lay({ ...told, told: told.told + 1, breachedAt: told.breachedAt ?? breachBefore(told, at) }, terms);
  }
  return { clock: told, rungs };
}

export function isLive({ state }: SlaClock): boolean {
  return state === 'running' || state === 'paused';
}

/** Counts up to an instant and stands still. */
function stop(clock: SlaClock, at: number, { time }: ClockTerms): SlaClock {
  // Whoever looks may be ahead of what happened: a breach that was seen after this moment never came.
  const seen = clock.breachedAt !== null && clock.breachedAt < at ? clock.breachedAt : null;
  const breachedAt = seen ?? breachBefore(clock, at);
  return { ...clock, consumedMs: consumedAt(clock, at, time), breachedAt, resumedAt: null, dueAt: null, wakeAt: null };
}

function breachBefore({ dueAt }: SlaClock, at: number): number | null {
  return dueAt !== null && dueAt < at ? dueAt : null;
}

/** Works out what a running clock waits for. */
function lay(clock: SlaClock, { time, terms }: ClockTerms): SlaClock {
  const reach = (ms: number) => time.add(clock.resumedAt ?? 0, Math.max(0, ms - clock.consumedMs));
  const next = rungsOf(clock.targetMs, terms)[clock.told];
  return {
    ...clock,
    dueAt: reach(clock.targetMs) ?? Infinity,
    wakeAt: next === undefined ? null : reach(next.afterMs),
  };
}
