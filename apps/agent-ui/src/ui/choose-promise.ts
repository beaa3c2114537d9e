import type { SlaClockView } from '#contract';

/** The promise that a ticket shows, and how it stands. */
export interface ShownPromise {
  /** What is owed: an answer, or the whole matter. */
  what: 'answer' | 'solution';
  standing: 'calm' | 'soon' | 'late' | 'paused';
  /** Null while it stands still. */
  dueAt: string | null;
}

const soonMs = 15 * 60_000;

/** The live promise that comes due first; one that stands still only where none runs. `now` in milliseconds of the Unix epoch. */
export function choosePromise(clocks: readonly SlaClockView[], now: number): ShownPromise | null {
  const running = clocks
    .flatMap(({ state, dueAt, metric }) => (state === 'running' && dueAt !== null ? [{ metric, dueAt }] : []))
    .sort((one, other) => Date.parse(one.dueAt) - Date.parse(other.dueAt));
  const [first] = running;
  if (first) {
    return { what: whatOf(first.metric), standing: standingOf(Date.parse(first.dueAt) - now), dueAt: first.dueAt };
  }
  const paused = clocks.find(({ state }) => state === 'paused');
  return paused ? { what: whatOf(paused.metric), standing: 'paused', dueAt: null } : null;
}

function whatOf(metric: SlaClockView['metric']): ShownPromise['what'] {
  return metric === 'resolution' ? 'solution' : 'answer';
}

function standingOf(leftMs: number): ShownPromise['standing'] {
  if (leftMs < 0) {
    return 'late';
  }
  return leftMs < soonMs ? 'soon' : 'calm';
}
