import { useSyncExternalStore } from 'react';
import { createTickingClock } from './ticking-clock.js';

const clock = createTickingClock(250, () => performance.now());

/**
 * Milliseconds that are left until a moment of `performance.now()`, moving four times a second and never below 0. That clock runs
 * evenly whatever the reader's own says, so it counts what the hub said was left.
 */
export function useCountdown(endsAt: number): number {
  const at = useSyncExternalStore(clock.subscribe, clock.now);
  return Math.max(0, endsAt - at);
}
