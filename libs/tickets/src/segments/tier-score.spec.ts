import { describe, expect, it } from '@jest/globals';
import { Unreadable } from '../actions/read-terms.js';
import { readTierTerms, scoreTier, usualTierTerms } from './tier-score.js';

const of = (facts: Partial<Parameters<typeof scoreTier>[1]>) =>
  scoreTier(usualTierTerms, { daysSinceLast: 10, purchases: 12, spent: 1_000_000_000, ...facts });

describe('a tier by recency, frequency and value', () => {
  it('is the highest for who bought lately, often and for much, and tells its points', () => {
    expect(of({})).toMatchObject({ tier: 3, score: 100, points: { recency: 4, frequency: 4, value: 4 } });
  });

  it('falls with each of the three', () => {
    expect(of({ daysSinceLast: 400 })).toMatchObject({ tier: 2, score: 70, points: { recency: 0 } });
    expect(of({ purchases: 1, spent: 0 })).toMatchObject({ tier: 1, score: 38 });
    expect(of({ daysSinceLast: 31 })).toMatchObject({ points: { recency: 3 } });
    expect(of({ daysSinceLast: 30 })).toMatchObject({ points: { recency: 4 } });
  });

  it('is none for who never bought', () => {
    expect(of({ daysSinceLast: null, purchases: 0, spent: 0 })).toMatchObject({ tier: 0, score: 0 });
  });

  it.each([
    [{ recency: [30, 30, 60, 90] }, 'terms.recency'],
    [{ value: [1, 2, 3] }, 'terms.value'],
    [{ weights: { recency: 0, frequency: 0, value: 0 } }, 'terms.weights'],
    [{ tiers: [{ tier: 2, atLeast: 40 }, { tier: 1, atLeast: 60 }] }, 'terms.tiers'], // prettier-ignore
    [{ currency: 'rial' }, 'terms.currency'],
    [{ more: 1 }, 'terms.more'],
  ])('refuses terms that make no sense: %j', (wrong, field) => {
    const read = () => readTierTerms({ ...usualTierTerms, ...wrong });
    expect(read).toThrow(Unreadable);
    expect(read).toThrow(field);
  });
});
