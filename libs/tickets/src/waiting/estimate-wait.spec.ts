import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { estimateWait, isLongerThan, roundWait, shownPlace, waitSteps, type QueuePace } from './estimate-wait.js';

const minute = 60_000;
const unknown: QueuePace = { slots: 0, servedMs: null, lastWaitMs: null, headWaitMs: null };
const paces = fc.record({
  slots: fc.nat({ max: 200 }),
  servedMs: fc.option(fc.integer({ min: 1, max: 4 * 3_600_000 })),
  lastWaitMs: fc.option(fc.nat({ max: 4 * 3_600_000 })),
  headWaitMs: fc.option(fc.nat({ max: 4 * 3_600_000 })),
});
const worth = ({ minutes, isMore }: { minutes: number; isMore: boolean }) => (isMore ? Infinity : minutes * minute);

describe('how long somebody still waits', () => {
  it('follows the length of the queue and how fast it is served', () => {
    const pace = { ...unknown, slots: 3, servedMs: 5 * minute };
    expect(estimateWait(pace, 0, 0)).toEqual({ minutes: 2, isMore: false });
    expect(estimateWait(pace, 5, 0)).toEqual({ minutes: 10, isMore: false });
    expect(estimateWait(pace, 8, 0)).toEqual({ minutes: 15, isMore: false });
    expect(estimateWait(pace, 9, 0)).toEqual({ minutes: 15, isMore: true });
  });

  it('is not less than others waited lately, or wait at the head', () => {
    const pace = { ...unknown, slots: 10, servedMs: minute };
    expect(estimateWait({ ...pace, lastWaitMs: 4 * minute }, 0, 0)).toEqual({ minutes: 5, isMore: false });
    expect(estimateWait({ ...pace, headWaitMs: 9 * minute }, 1, 0)).toEqual({ minutes: 10, isMore: false });
    expect(estimateWait({ ...pace, headWaitMs: 9 * minute }, 0, 0)).toEqual({ minutes: 1, isMore: false });
  });

  it('is not known where nobody is there and nobody was served', () => {
    expect(estimateWait(unknown, 0, 3 * minute)).toBeNull();
    expect(estimateWait({ ...unknown, servedMs: minute, lastWaitMs: minute }, 5, 0)).toBeNull();
    expect(estimateWait({ ...unknown, slots: 4 }, 0, 0)).toBeNull();
  });

  it('is never below what has been waited, nor below any of its sources', () => {
    fc.assert(
      fc.property(paces, fc.nat({ max: 999 }), fc.nat({ max: 4 * 3_600_000 }), (pace, ahead, waited) => {
        const estimate = estimateWait(pace, ahead, waited);
        if (estimate) {
          const least = Math.max(waited, pace.lastWaitMs ?? 0, ahead > 0 ? (pace.headWaitMs ?? 0) : 0);
          expect(worth(estimate)).toBeGreaterThanOrEqual(least);
        }
      }),
    );
  });

  it('never shrinks by standing further behind or by waiting longer', () => {
    fc.assert(
      fc.property(paces, fc.nat({ max: 500 }), fc.nat({ max: 100 }), fc.nat(1e7), (pace, ahead, more, waited) => {
        const [near, far] = [estimateWait(pace, ahead, waited), estimateWait(pace, ahead + more, waited + more)];
        expect(near === null || (far !== null && worth(far) >= worth(near))).toBe(true);
      }),
    );
  });
});

describe('minutes that are told', () => {
  it('are the next step up, and beyond the last one more than it', () => {
    expect([0, 60_000, 60_001, 900_000, 900_001].map(roundWait)).toEqual([
      { minutes: 1, isMore: false },
      { minutes: 1, isMore: false },
      { minutes: 2, isMore: false },
      { minutes: 15, isMore: false },
      { minutes: 15, isMore: true },
    ]);
    fc.assert(
      fc.property(fc.nat({ max: 900_000 }), (ms) => {
        const { minutes } = roundWait(ms);
        const lower = waitSteps[waitSteps.indexOf(minutes) - 1] ?? 0;
        expect(minutes * minute >= ms && (lower * minute < ms || ms === 0)).toBe(true);
      }),
    );
  });

  it('are longer than a limit when nobody can say how long', () => {
    expect(isLongerThan({ minutes: 5, isMore: false }, 5)).toBe(false);
    expect(isLongerThan({ minutes: 10, isMore: false }, 5)).toBe(true);
    expect(isLongerThan({ minutes: 15, isMore: false }, 15)).toBe(false);
    expect(isLongerThan({ minutes: 15, isMore: true }, 15)).toBe(true);
  });
});

describe('the place that is shown', () => {
  it('only gets better, whoever gets ahead', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 999 }), { minLength: 1 }), (places) => {
        let told: number | null = null;
        for (const place of places) {
          const next = shownPlace(told, place);
          expect(next <= (told ?? Infinity) && next <= place).toBe(true);
          told = next;
        }
        expect(told).toBe(Math.min(...places));
      }),
    );
  });
});
