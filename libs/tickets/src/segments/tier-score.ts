import { z } from 'zod';
import { readTerms } from '../actions/read-terms.js';

/**
 * How a tier follows from what somebody bought. Each of three things gives 0 to 4 points by four bounds, weighs as much as its weight, and
 * together they are a score from 0 to 100.
 */
export interface TierTerms {
  /** Frequency and value are counted over so many days back. */
  windowDays: number;
  /** Purchases in another currency have no value here. */
  currency: string;
  /** Days since the last purchase, ascending: up to the first are 4 points, up to the last 1. */
  recency: number[];
  /** Purchases within the window, ascending: from the first on 1 point, from the last on 4. */
  frequency: number[];
  /** What they spent within the window, in minor units, ascending like frequency. */
  value: number[];
  weights: TierWeights;
  /** From which score on somebody has which tier, ascending in both. Below the first: tier 0. */
  tiers: { tier: number; atLeast: number }[];
}

export interface TierWeights {
  recency: number;
  frequency: number;
  value: number;
}

/** What somebody bought, as far as it decides. */
export interface TierFacts {
  /** null: never. */
  daysSinceLast: number | null;
  purchases: number;
  spent: number;
}

/** A tier and how it came about: the points of each part, and the score that they make. */
export interface TierScore {
  tier: number;
  score: number;
  points: TierWeights;
  facts: TierFacts;
}

const mostPoints = 4;

/** Who never bought has no tier, whatever the bounds say. */
export function scoreTier(terms: TierTerms, facts: TierFacts): TierScore {
  const { daysSinceLast } = facts;
  if (daysSinceLast === null) {
    return { tier: 0, score: 0, points: { recency: 0, frequency: 0, value: 0 }, facts };
  }
  const points = {
    recency: terms.recency.filter((days) => daysSinceLast <= days).length,
    frequency: terms.frequency.filter((count) => facts.purchases >= count).length,
    value: terms.value.filter((sum) => facts.spent >= sum).length,
  };
  const { recency, frequency, value } = terms.weights;
  const weighed = points.recency * recency + points.frequency * frequency + points.value * value;
  const score = Math.round((100 * weighed) / (mostPoints * (recency + frequency + value)));
  return { tier: terms.tiers.findLast(({ atLeast }) => score >= atLeast)?.tier ?? 0, score, points, facts };
}

const ascending = (what: z.ZodInt) =>
  z
    .array(what)
    .length(mostPoints, 'Give four bounds.')
    .refine(
      (bounds) => bounds.every((bound, index) => index === 0 || bound > (bounds[index - 1] as number)),
      'Each bound is higher than the one before it.',
    );

const weight = z.int().min(0).max(10);

const schema = z.strictObject({
  windowDays: z.int().min(1).max(3650),
  currency: z.string().regex(/^[A-Z]{3}$/, 'Write a currency as three capital letters.'),
  recency: ascending(z.int().min(0).max(3650)),
  frequency: ascending(z.int().min(1).max(100_000)),
  value: ascending(z.int().min(1).max(Number.MAX_SAFE_INTEGER)),
  weights: z
    .strictObject({ recency: weight, frequency: weight, value: weight })
    .refine(
      ({ recency, frequency, value }) => recency + frequency + value > 0,
      'Something must weigh more than nothing.',
    ),
  tiers: z
    .array(z.strictObject({ tier: z.int().min(1).max(9), atLeast: z.int().min(1).max(100) }))
    .min(1, 'Name one tier at least.')
    .max(9)
    .refine((tiers) => {
      const isHigher = ({ tier, atLeast }: { tier: number; atLeast: number }, index: number): boolean => {
        const below = tiers[index - 1];
        return below === undefined || (tier > below.tier && atLeast > below.atLeast);
      };
      return tiers.every(isHigher);
    }, 'Higher tiers need higher scores.'),
});

/** @throws Unreadable naming what is wrong, e.g. `terms.weights`. */
export function readTierTerms(written: unknown, at = 'terms'): TierTerms {
  return readTerms(schema, written, at);
}

/** What is offered to begin with. `currency` as the organisation sells in; the value bounds are for somebody to set. */
export const usualTierTerms: TierTerms = {
  windowDays: 365,
  currency: 'IRR',
  recency: [30, 90, 180, 365],
  frequency: [1, 3, 6, 12],
  value: [10_000_000, 50_000_000, 200_000_000, 1_000_000_000],
  weights: { recency: 3, frequency: 3, value: 4 },
  tiers: [
    { tier: 1, atLeast: 30 },
    { tier: 2, atLeast: 55 },
    { tier: 3, atLeast: 80 },
  ],
};
