import { describe, expect, it } from '@jest/globals';
import { readDuration, writeDuration } from './durations.js';

describe('how long a promise is', () => {
  it('is typed in hours, or in hours and minutes', () => {
    expect(['8', '1:30', '0:05', ' 24 '].map(readDuration)).toEqual([28_800_000, 5_400_000, 300_000, 86_400_000]);
  });

  it('is none where nothing is typed, and refused where it is no time', () => {
    expect([readDuration(''), readDuration('1:75'), readDuration('0'), readDuration('soon')]).toEqual([
      null,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('comes back as it was typed', () => {
    expect([5_400_000, 300_000, 86_400_000].map(writeDuration)).toEqual(['1:30', '0:05', '24:00']);
  });
});
