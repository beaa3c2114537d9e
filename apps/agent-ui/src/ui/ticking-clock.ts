/** A clock that whoever shows it is told of as it moves. */
export interface TickingClock {
  subscribe: (listener: () => void) => () => void;
  now: () => number;
}

/** One timer for however many show it, and none while nobody does. `read` gives the time in milliseconds. */
export function createTickingClock(stepMs: number, read: () => number): TickingClock {
  let now = read();
  let timer: ReturnType<typeof setInterval> | undefined;
  const listeners = new Set<() => void>();
  const step = (): void => {
    now = read();
    listeners.forEach((tell) => tell());
  };
  return {
    now: () => now,
    subscribe: (listener) => {
      listeners.add(listener);
      if (timer === undefined) {
        now = read();
        timer = setInterval(step, stepMs);
      }
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) {
          clearInterval(timer);
          timer = undefined;
        }
      };
    },
  };
}
