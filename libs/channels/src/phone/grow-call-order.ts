import { storableText } from '../storable-text.js';

/** Choices between two reports of one thing, which come out the same whichever of the two is heard first. Null is nothing known. */

export function least<Value extends string | number>(a: Value | null, b: Value | null): Value | null {
  if (a === null || b === null) {
    return a ?? b;
  }
  return a < b ? a : b;
}

export function greatest<Value extends string | number>(a: Value | null, b: Value | null): Value | null {
  if (a === null || b === null) {
    return a ?? b;
  }
  return a > b ? a : b;
}

/** The one that stands higher; of two that stand equally high either, so ranks must not repeat. */
export function highest<Name extends string>(
  a: Name | null,
  b: Name | null,
  rank: Readonly<Record<Name, number>>,
): Name | null {
  if (a === null || b === null) {
    return a ?? b;
  }
  return rank[b] > rank[a] ? b : a;
}

/** The words that say more, as they can be stored: the longer ones, else those that sort later. */
export function fuller(first: string, second: string): string {
  const [a, b] = [storableText(first), storableText(second)];
  if (a.length !== b.length) {
    return a.length > b.length ? a : b;
  }
  return a > b ? a : b;
}
