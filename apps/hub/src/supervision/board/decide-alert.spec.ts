import { describe, expect, it } from '@jest/globals';
import { decideAlert, type LimitStanding } from './decide-alert.js';

/** What is told while a number is looked at every second; 1 is past the limit. */
function tell(passed: number[], forSeconds: number): string[] {
  let standing: LimitStanding = { isRaised: false, turnedAt: null };
  return passed.flatMap((one, second) => {
    const { turnedAt, becomes } = decideAlert(standing, one === 1, forSeconds * 1_000, second * 1_000);
    standing = { turnedAt, isRaised: becomes === null ? standing.isRaised : becomes === 'raised' };
    return becomes === null ? [] : [`${becomes} at ${String(second)}`];
  });
}

describe('an alert', () => {
  it('is raised once the limit was passed for long enough without a break', () => {
    expect(tell([1, 1, 0, 1, 1, 1, 1], 3)).toEqual(['raised at 6']);
  });

  it('is over once the limit was kept for as long, and is told once each time', () => {
    expect(tell([1, 1, 1, 0, 1, 0, 0, 0, 1, 1, 1], 2)).toEqual(['raised at 2', 'ended at 7', 'raised at 10']);
  });

  it('is raised and over at once where no time is asked for', () => {
    expect(tell([0, 1, 1, 0, 0], 0)).toEqual(['raised at 1', 'ended at 3']);
  });
});
