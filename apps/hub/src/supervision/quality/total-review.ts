import type { QuestionView } from '#contract';

export interface Scored extends Pick<QuestionView, 'kind' | 'weight' | 'critical'> {
  /** null: not applicable. */
  score: number | null;
}

export interface ReviewTotal {
  /** Per cent with one decimal; null where nothing was applicable. */
  total: number | null;
  /** A critical question failed, so the whole did. */
  failed: boolean;
}

/** How much of a question was reached, 0 to 1: no and 1 of 5 are nothing, yes and 5 of 5 are all. */
function reached({ kind, score }: Pick<Scored, 'kind' | 'score'>): number | null {
  return score === null || kind === 'yes_no' ? score : (score - 1) / 4;
}

/** What was not applicable counts neither for nor against. */
export function totalReview(questions: readonly Scored[]): ReviewTotal {
  const counted = questions.flatMap((one) => {
    const part = reached(one);
    return part === null ? [] : [{ ...one, part }];
  });
  if (counted.some(({ critical, part }) => critical && part === 0)) {
    return { total: 0, failed: true };
  }
  const weights = counted.reduce((sum, { weight }) => sum + weight, 0);
  const points = counted.reduce((sum, { weight, part }) => sum + weight * part, 0);
  return { total: weights === 0 ? null : Math.round((points / weights) * 1_000) / 10, failed: false };
}

/** Whether a score is one that the question takes: only what is answered by yes or no may be not applicable. */
export function takesScore({ kind }: Pick<QuestionView, 'kind'>, score: number | null): boolean {
  return kind === 'yes_no' ? score === null || score === 0 || score === 1 : score !== null && score >= 1 && score <= 5;
}
