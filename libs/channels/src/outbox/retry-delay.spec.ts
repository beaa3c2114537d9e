import { describe, expect, it } from '@jest/globals';
import { maxAttempts, retryDelayMs } from './retry-delay.js';

describe('the wait before another try', () => {
  it('grows with each try and then stays', () => {
    const delays = [1, 2, 3, 4, 5, 9, 10, 11, 12].map((attempt) => retryDelayMs(attempt, null, 1));
    expect(delays).toEqual([1_000, 5_000, 15_000, 60_000, 300_000, 14_400_000, 28_800_000, 28_800_000, 28_800_000]);
  });

  it.each(['quick', 'patient'] as const)('parks a message after about a day, in whatever pace (%s)', (pace) => {
    const attempts = Array.from({ length: maxAttempts - 1 }, (_, at) => at + 1);
    const hours = attempts.reduce((sum, attempt) => sum + retryDelayMs(attempt, null, 1, pace), 0) / 3_600_000;
    expect(hours).toBeGreaterThan(23);
    expect(hours).toBeLessThan(32);
  });

  it('gives a mail server that says "not yet" the time it wants', () => {
    const delays = [1, 2, 3, 4, 5].map((attempt) => retryDelayMs(attempt, null, 1, 'patient'));
    expect(delays).toEqual([20_000, 60_000, 300_000, 900_000, 1_800_000]);
  });

  it('is at least what the provider asked for', () => {
    expect(retryDelayMs(1, 42_000, 0)).toBe(42_000);
    expect(retryDelayMs(5, 1_000, 0)).toBe(240_000);
  });
});
