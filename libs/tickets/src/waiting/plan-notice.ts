import type { TellingMode } from './waiting-terms.js';

/** Somebody who waits, and what they were told so far. Instants in milliseconds of the Unix epoch. */
export interface WaitingFacts {
  mode: TellingMode;
  tellsClosed: boolean;
  /** Work is given out from the queue at present. */
  isOpen: boolean;
  /** Their place now, from 1. */
  place: number;
  /** The last place they were told; null: none. */
  toldPlace: number | null;
  toldAt: number | null;
  /** Until when they were told the queue is closed; null: never told. Infinity: nobody knew until when. */
  closedUntil: number | null;
  /** They may be offered to be called back, and were not yet. */
  mayOffer: boolean;
  now: number;
}

/** What to write to somebody who waits. `offers`: with the ways to be called back. */
export type Notice = { kind: 'queued' | 'moved' | 'offer'; offers: boolean } | { kind: 'closed' };

/** A place that moves fast is not told each time. */
export const movedGapMs = 120_000;

/** What is to be told to somebody who waits, if anything. One message at a time: what is left is told by the next look. */
export function planNotice(facts: WaitingFacts): Notice | null {
  if (!facts.isOpen) {
    return facts.tellsClosed && !knowsClosed(facts) ? { kind: 'closed' } : null;
  }
  if (awaitsFirstWord(facts)) {
    return { kind: 'queued', offers: facts.mayOffer };
  }
  if (facts.mayOffer) {
    return { kind: 'offer', offers: true };
  }
  return hasMoved(facts) ? { kind: 'moved', offers: false } : null;
}

/** They were told of this closing if the opening that they were told has not come yet. */
function knowsClosed({ closedUntil, now }: WaitingFacts): boolean {
  return closedUntil !== null && now < closedUntil;
}

/** Who was told that the queue is closed, and that they keep their place, has had the one message that they get. */
function awaitsFirstWord({ mode, toldPlace, closedUntil }: WaitingFacts): boolean {
  return toldPlace === null && (mode === 'moves' || (mode === 'first' && closedUntil === null));
}

function hasMoved({ mode, place, toldPlace, toldAt, now }: WaitingFacts): boolean {
  return mode === 'moves' && toldPlace !== null && place < toldPlace && now - (toldAt ?? -Infinity) >= movedGapMs;
}
