/** How many times a delivery is tried before it parks, visible to agents and out of the way of the next. */
export const maxAttempts = 12;

/** Delays after the first tries, in milliseconds; the last one repeats. Together about 24 hours, as long as a mail may wait. */
const schedule = [
  1_000,
  5_000,
  15_000,
  60_000,
  5 * 60_000,
  15 * 60_000,
  3_600_000,
  2 * 3_600_000,
  4 * 3_600_000,
  8 * 3_600_000,
];

/**
 * How long to wait before the next try, in milliseconds. A provider's own word comes first; jitter (0 to 1) spreads lines that
 * failed together over the last fifth of the delay.
 */
export function retryDelayMs(attempt: number, toldMs: number | null, jitter: number): number {
  const planned = schedule[Math.min(attempt, schedule.length) - 1] ?? 1_000;
  return Math.max(toldMs ?? 0, Math.round(planned * (0.8 + 0.2 * jitter)));
}
