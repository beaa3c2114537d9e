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
 * Delays for a provider that answers and asks for patience: mail servers meet a stranger with "not yet" and count those who cannot
 * wait. Together about 24 hours too.
 */
const patient = [
  20_000,
  60_000,
  5 * 60_000,
  15 * 60_000,
  30 * 60_000,
  3_600_000,
  2 * 3_600_000,
  4 * 3_600_000,
  4 * 3_600_000,
  4 * 3_600_000,
  8 * 3_600_000,
];

/** `quick` for what may be over in a moment, `patient` for a provider that said itself that it takes nothing yet. */
export type Pace = 'quick' | 'patient';

/**
 * How long to wait before the next try, in milliseconds. A provider's own word comes first; jitter (0 to 1) spreads lines that
 * failed together over the last fifth of the delay.
 */
export function retryDelayMs(attempt: number, toldMs: number | null, jitter: number, pace: Pace = 'quick'): number {
  const delays = pace === 'patient' ? patient : schedule;
  const planned = delays[Math.min(attempt, delays.length) - 1] ?? 1_000;
  return Math.max(toldMs ?? 0, Math.round(planned * (0.8 + 0.2 * jitter)));
}
