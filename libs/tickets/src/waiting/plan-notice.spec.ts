import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { movedGapMs, planNotice, type WaitingFacts } from './plan-notice.js';
import { readWaitingTerms, silentTerms, type WaitingTerms } from './waiting-terms.js';

const now = 1_800_000_000_000;
const fresh: WaitingFacts = {
  mode: 'first',
  tellsClosed: true,
  isOpen: true,
  place: 3,
  toldPlace: null,
  toldAt: null,
  closedUntil: null,
  mayOffer: false,
  now,
};

describe('what somebody who waits is told', () => {
  it('is their place, once, where the queue tells it at all', () => {
    expect(planNotice(fresh)).toEqual({ kind: 'queued', offers: false });
    expect(planNotice({ ...fresh, mode: 'off' })).toBeNull();
    expect(planNotice({ ...fresh, toldPlace: 3, toldAt: now - movedGapMs, place: 1 })).toBeNull();
  });

  it('is told again when it moved down, where the queue says so, and not more often than that', () => {
    const told = { ...fresh, mode: 'moves' as const, toldPlace: 3, toldAt: now - movedGapMs };
    expect(planNotice({ ...told, place: 2 })).toEqual({ kind: 'moved', offers: false });
    expect(planNotice({ ...told, place: 2, toldAt: now - movedGapMs + 1 })).toBeNull();
    expect(planNotice({ ...told, place: 3 })).toBeNull();
    expect(planNotice({ ...told, place: 9 })).toBeNull();
  });

  it('is the call back with the first word, or by itself when the wait becomes long', () => {
    expect(planNotice({ ...fresh, mayOffer: true })).toEqual({ kind: 'queued', offers: true });
    expect(planNotice({ ...fresh, mayOffer: true, toldPlace: 3 })).toEqual({ kind: 'offer', offers: true });
    expect(planNotice({ ...fresh, mayOffer: true, mode: 'off' })).toEqual({ kind: 'offer', offers: true });
  });

  it('is that the queue is closed, once for each closing', () => {
    const closed = { ...fresh, isOpen: false };
    expect(planNotice(closed)).toEqual({ kind: 'closed' });
    expect(planNotice({ ...closed, closedUntil: now + 1 })).toBeNull();
    expect(planNotice({ ...closed, closedUntil: Infinity })).toBeNull();
    expect(planNotice({ ...closed, closedUntil: now })).toEqual({ kind: 'closed' });
    expect(planNotice({ ...closed, tellsClosed: false })).toBeNull();
  });

  it('is their place once it opens again, where places are told more than once', () => {
    const opened = { ...fresh, closedUntil: now - 1 };
    expect(planNotice(opened)).toBeNull();
    expect(planNotice({ ...opened, mode: 'moves' })).toEqual({ kind: 'queued', offers: false });
  });

  it('never repeats a place and never tells a worse one', () => {
    const steps = fc.array(fc.record({ place: fc.integer({ min: 1, max: 50 }), afterMs: fc.nat(300_000) }));
    fc.assert(
      fc.property(steps, (moves) => {
        let facts: WaitingFacts = { ...fresh, mode: 'moves' };
        const told: number[] = [];
        for (const { place, afterMs } of moves) {
          facts = { ...facts, place, now: facts.now + afterMs };
          if (planNotice(facts)) {
            told.push(place);
            facts = { ...facts, toldPlace: place, toldAt: facts.now };
          }
        }
        expect(told).toEqual([...new Set(told)].toSorted((one, other) => other - one));
      }),
    );
  });
});

describe('the terms of a queue', () => {
  it('are silent where nothing is stored, and whole where a part is', () => {
    expect(readWaitingTerms({})).toEqual(silentTerms);
    const stored = {
      tell: { telegram: 'moves' },
      texts: { closed: { fa: 'بسته‌ایم' } },
    } as unknown as Partial<WaitingTerms>;
    expect(readWaitingTerms(stored)).toEqual({
      ...silentTerms,
      tell: { telegram: 'moves', sms: 'off', email: 'off' },
      texts: { queued: { en: '', fa: '' }, closed: { en: '', fa: 'بسته‌ایم' } },
    });
  });
});
