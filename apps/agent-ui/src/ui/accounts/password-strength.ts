export type Strength = 'empty' | 'short' | 'weak' | 'fair' | 'good' | 'strong';

const least = 8;

/** How a password looks before the hub judges it: length is what counts, of characters that differ. */
export function strengthOf(password: string): Strength {
  const signs = Array.from(password);
  const differing = new Set(signs).size;
  if (signs.length === 0) {
    return 'empty';
  }
  if (signs.length < least) {
    return 'short';
  }
  if (differing < 5) {
    return 'weak';
  }
  return signs.length < 12 ? 'fair' : signs.length < 16 ? 'good' : 'strong';
}
