import type { PersistStorage } from 'zustand/middleware';

type Records = Record<string, Record<string, unknown>>;

/**
 * What several windows of one browser keep at one place. A window writes what it changed itself, key by key, over what the others have
 * written meanwhile: a whole state would take away theirs. States are records of records and change by new objects only; `fold` and
 * `unfold` make them so.
 */
export function windowsStorage<State>(
  fold: (state: State) => Records,
  unfold: (records: Records) => State,
): PersistStorage<State> {
  /** By place: a store may go from one to another. */
  const known = new Map<string, Records>();
  const read = (name: string): Records | null => {
    const text = localStorage.getItem(name);
    return text === null ? null : filled(fold((JSON.parse(text) as { state: State }).state));
  };
  return {
    getItem: (name) => {
      const stored = read(name);
      known.set(name, stored ?? {});
      return stored === null ? null : { state: unfold(stored) };
    },
    setItem: (name, { state }) => {
      const next = fold(state);
      const merged = withChanges(read(name) ?? {}, known.get(name) ?? {}, next);
      known.set(name, next);
      localStorage.setItem(name, JSON.stringify({ state: unfold(merged), version: 0 }));
    },
    removeItem: (name) => localStorage.removeItem(name),
  };
}

/** Parts that an older version did not keep. */
function filled(records: Record<string, Record<string, unknown> | undefined>): Records {
  return Object.fromEntries(Object.entries(records).map(([part, record]) => [part, record ?? {}]));
}

function withChanges(stored: Records, before: Records, after: Records): Records {
  const merged: Records = {};
  for (const part of new Set([...Object.keys(stored), ...Object.keys(after)])) {
    const [theirs = {}, was = {}, is = {}] = [stored[part], before[part], after[part]];
    const kept = Object.entries(theirs).filter(([key]) => key in is || !(key in was));
    const changed = Object.entries(is).filter(([key, value]) => value !== was[key]);
    merged[part] = Object.fromEntries([...kept, ...changed]);
  }
  return merged;
}
