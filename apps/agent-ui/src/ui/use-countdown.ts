import { useSyncExternalStore } from 'react';

const stepMs = 250;
let now = performance.now();
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function step(): void {
  now = performance.now();
  listeners.forEach((tell) => tell());
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (timer === undefined) {
    now = performance.now();
    timer = setInterval(step, stepMs);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

/**
 * Milliseconds that are left until a moment of `performance.now()`, moving four times a second and never below 0. That clock runs
 * evenly whatever the reader's own says, so it counts what the hub said was left.
 */
export function useCountdown(endsAt: number): number {
  const at = useSyncExternalStore(subscribe, () => now);
  return Math.max(0, endsAt - at);
}
