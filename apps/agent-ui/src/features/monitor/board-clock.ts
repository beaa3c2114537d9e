import { useSyncExternalStore } from 'react';
import { createTickingClock } from '../../ui/ticking-clock.js';
import type { ShownBoard } from './use-board.js';

const clock = createTickingClock(1_000, () => Date.now());

/** Now, second by second, by this browser's clock. */
export function useSeconds(): number {
  return useSyncExternalStore(clock.subscribe, clock.now);
}

/** The same by the clock of the hub: waits do not depend on how a browser's is set. */
export function useHubNow({ board, heardAt }: ShownBoard): number {
  return Date.parse(board.at) + Math.max(0, useSeconds() - heardAt);
}

export function secondsSince(since: string | null, now: number): number {
  return since === null ? 0 : Math.max(0, Math.floor((now - Date.parse(since)) / 1_000));
}
