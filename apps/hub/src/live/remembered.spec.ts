import { describe, expect, it } from '@jest/globals';
import { Remembered } from './remembered.js';

describe('what is remembered for a while', () => {
  it('is read once for all who ask meanwhile, and again when it is old', async () => {
    let now = 0;
    let reads = 0;
    const kept = new Remembered<number>(1_000, () => now);
    const ask = (key: string): Promise<number> => kept.get(key, async () => Promise.resolve((reads += 1)));
    expect(await Promise.all([ask('a'), ask('a'), ask('b')])).toEqual([1, 1, 2]);
    now = 999;
    expect(await ask('a')).toBe(1);
    now = 1_000;
    expect(await ask('a')).toBe(3);
  });

  it('does not keep a failure', async () => {
    const kept = new Remembered<number>(1_000, () => 0);
    await expect(kept.get('a', () => Promise.reject(new Error('away')))).rejects.toThrow('away');
    expect(await kept.get('a', () => Promise.resolve(7))).toBe(7);
  });
});
