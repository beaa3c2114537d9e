import { describe, expect, it } from '@jest/globals';
import { MinutePace } from './minute-pace.js';

describe('so many a minute', () => {
  it('leaves evenly, and what was not used is no flood later', () => {
    const pace = new MinutePace(120, 0);
    expect(pace.room(0)).toBe(2);
    pace.spend(2, 0);
    expect(pace.room(499)).toBe(0);
    expect(pace.room(500)).toBe(1);
    expect(pace.room(3_600_000)).toBe(2);
  });

  it('lets a slow one go as well', () => {
    const pace = new MinutePace(1, 0);
    pace.spend(1, 0);
    expect(pace.room(59_000)).toBe(0);
    expect(pace.room(60_000)).toBe(1);
  });
});
