import { keep, readKept } from '../../ui/kept-in-window.js';

/** What somebody has begun to score, until they finish it. */
export interface BegunReview {
  scores: Record<string, number | null>;
  comment: string;
}

const nameOf = (place: string) => `review.${place}`;

export function begunReview(place: string): BegunReview {
  const kept = readKept<Partial<BegunReview>>(nameOf(place));
  return { scores: kept?.scores ?? {}, comment: kept?.comment ?? '' };
}

export function keepReview(place: string, begun: BegunReview | null): void {
  keep(nameOf(place), begun);
}
