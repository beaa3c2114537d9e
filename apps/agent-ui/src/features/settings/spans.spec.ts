import { describe, expect, it } from '@jest/globals';
import { countOf, secondsOf, unitOf } from './spans.js';

describe('a length of time', () => {
  it('is said in the largest unit of which it is a whole number', () => {
    expect([0, 5, 60, 90, 600, 3600, 5400, 86_400].map(unitOf)).toEqual([
      'seconds',
      'seconds',
      'minutes',
      'seconds',
      'minutes',
      'hours',
      'minutes',
      'hours',
    ]);
  });

  it('comes back as it was said', () => {
    expect([5, 90, 600, 7200].map((seconds) => secondsOf(countOf(seconds, unitOf(seconds)), unitOf(seconds)))).toEqual([
      5, 90, 600, 7200,
    ]);
  });
});
