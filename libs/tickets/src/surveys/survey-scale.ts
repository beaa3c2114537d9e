import { matchKey } from '#channels';

/**
 * What is asked. `csat`: how satisfied somebody is, 1 to 5 · `nps`: how likely they are to recommend us, 0 to 10 · `ces`: how easy it
 * was, 1 to 7. More is better in all of them.
 */
export type SurveyKind = 'csat' | 'nps' | 'ces';

export const surveyKinds: readonly SurveyKind[] = ['csat', 'nps', 'ces'];

const scales: Record<SurveyKind, { min: number; max: number }> = {
  csat: { min: 1, max: 5 },
  nps: { min: 0, max: 10 },
  ces: { min: 1, max: 7 },
};

/** The lowest and the highest score of a kind. */
export function scaleOf(kind: SurveyKind): { min: number; max: number } {
  return scales[kind];
}

/** All scores of a kind, the lowest first. */
export function scoresOf(kind: SurveyKind): number[] {
  const { min, max } = scales[kind];
  return Array.from({ length: max - min + 1 }, (_, index) => min + index);
}

/** Nothing but a number, as somebody types it: in any digits, perhaps with a sign behind it. */
const bareNumber = /^\D{0,2}(\d{1,2})\D{0,2}$/u;

/**
 * A number that stands by itself, in Latin, Persian or Arabic digits; null for anything that says more. Cheap enough to be asked of every
 * message.
 */
export function readBareNumber(text: string): number | null {
  if (text.length > 12) {
    return null;
  }
  const key = matchKey(text).trim();
  const digits = /\p{L}/u.test(key) ? undefined : bareNumber.exec(key)?.[1];
  return digits === undefined ? null : Number(digits);
}

/** The score that a number means; null for one outside the scale. */
export function scoreIn(kind: SurveyKind, number: number): number | null {
  const { min, max } = scales[kind];
  return Number.isInteger(number) && number >= min && number <= max ? number : null;
}

/** Keys that were pressed on a phone so far. `mayGrow`: another digit would make another score, so one waits a moment for it, or for #. */
export type KeypadRead =
  { outcome: 'score'; score: number; mayGrow: boolean } | { outcome: 'none' } | { outcome: 'wrong' };

/** Reads what a caller pressed after a call, e.g. `1`, `10` or `9#`. */
export function readKeypad(keys: string, kind: SurveyKind): KeypadRead {
  const [, digits = '', end = ''] = /^(\d*)(#?)$/u.exec(keys) ?? [];
  if (digits === '') {
    return { outcome: keys === '' ? 'none' : 'wrong' };
  }
  const score = digits.length <= 2 ? scoreIn(kind, Number(digits)) : null;
  return score === null
    ? { outcome: 'wrong' }
    : { outcome: 'score', score, mayGrow: end === '' && hasLonger(kind, digits) };
}

/** Whether some score begins with this digit and goes on. */
function hasLonger(kind: SurveyKind, digits: string): boolean {
  return scoresOf(kind).some((score) => String(score).length > digits.length && String(score).startsWith(digits));
}

/** Whether a score is one that somebody must look after. `lowScore`: the highest that is; null: none. */
export function isLowScore(score: number, lowScore: number | null): boolean {
  return lowScore !== null && score <= lowScore;
}

/** What the answers to a survey come to. */
export interface ScoreSummary {
  answered: number;
  /** Null while nobody answered. */
  mean: number | null;
  /**
   * What the kind is usually told by, from -100 to 100, or null while nobody answered. `csat`: the share of 4 and 5 in per cent · `nps`:
   * the share of 9 and 10 less that of 0 to 6 · `ces`: the share of 5 to 7.
   */
  headline: number | null;
  /** How many gave each score of the scale, also those that nobody gave. */
  distribution: { score: number; count: number }[];
}

const good: Record<SurveyKind, number> = { csat: 4, nps: 9, ces: 5 };
/** The highest score that counts against us. */
const bad: Record<SurveyKind, number> = { csat: -1, nps: 6, ces: -1 };

export function summariseScores(kind: SurveyKind, counts: Readonly<Record<string, number>>): ScoreSummary {
  const distribution = scoresOf(kind).map((score) => ({ score, count: counts[String(score)] ?? 0 }));
  const answered = distribution.reduce((sum, { count }) => sum + count, 0);
  const shareOf = (counted: (score: number) => boolean): number =>
    (distribution.filter(({ score }) => counted(score)).reduce((sum, { count }) => sum + count, 0) / answered) * 100;
  return {
    answered,
    mean:
      answered === 0 ? null : round(distribution.reduce((sum, { score, count }) => sum + score * count, 0) / answered),
    headline:
      answered === 0 ? null : round(shareOf((score) => score >= good[kind]) - shareOf((score) => score <= bad[kind])),
    distribution,
  };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
