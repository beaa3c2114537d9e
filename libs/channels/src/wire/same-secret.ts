import { createHash, timingSafeEqual } from 'node:crypto';

/**
 * Compares a secret somebody gave with the one expected, in a time that tells nothing about either, their lengths included.
 * An empty or absent expectation matches nothing: an unset secret must not open the door.
 */
export function isSameSecret(given: string | undefined, expected: string | undefined): boolean {
  if (!given || !expected) {
    return false;
  }
  return timingSafeEqual(digest(given), digest(expected));
}

/** The same for signatures, whose length is known to everybody. */
export function isSameSignature(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)];
  return one.length > 0 && one.length === other.length && timingSafeEqual(one, other);
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
