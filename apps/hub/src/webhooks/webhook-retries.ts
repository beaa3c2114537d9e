const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** Pauses between tries, in milliseconds. With the first try they make eight, over a day and a quarter. */
const pauses = [5_000, 5 * minuteMs, 30 * minuteMs, 2 * hourMs, 5 * hourMs, 10 * hourMs, 10 * hourMs];

/** A receiver that asks for patience gets at most this much. */
const longestToldMs = hourMs;

/** How long a webhook may fail without a single success before Peyk switches it off. */
export const offAfterDays = 5;

/**
 * How long to wait after the given try (1 is the first) failed; null: it was the last. What the receiver itself asked for counts where
 * it is longer. Jitter (0 to 1) spreads what failed together over the last fifth of the pause.
 */
export function pauseAfterTry(tries: number, toldMs: number | null, jitter: number): number | null {
  const planned = pauses[tries - 1];
  if (planned === undefined) {
    return null;
  }
  return Math.max(Math.min(toldMs ?? 0, longestToldMs), Math.round(planned * (0.8 + 0.2 * jitter)));
}
