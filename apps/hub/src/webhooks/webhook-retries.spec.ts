import { describe, expect, it } from '@jest/globals';
import { pauseAfterTry } from './webhook-retries.js';

describe('the pauses between tries of a webhook', () => {
  it('grow, and after the eighth try there is none', () => {
    const seconds = [1, 2, 3, 4, 5, 6, 7, 8].map((tries) => {
      const ms = pauseAfterTry(tries, null, 1);
      return ms === null ? null : ms / 1000;
    });
    expect(seconds).toEqual([5, 300, 1_800, 7_200, 18_000, 36_000, 36_000, null]);
  });

  it('spread what failed together, downwards only', () => {
    expect(pauseAfterTry(2, null, 0)).toBe(240_000);
  });

  it('are as long as the receiver asks, up to an hour', () => {
    expect(pauseAfterTry(1, 42_000, 1)).toBe(42_000);
    expect(pauseAfterTry(1, 86_400_000, 1)).toBe(3_600_000);
    expect(pauseAfterTry(2, 1_000, 1)).toBe(300_000);
  });
});
