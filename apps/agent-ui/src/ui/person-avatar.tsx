import type { ReactNode } from 'react';
import './person-avatar.css';

const hues = 6;
const letterOrDigit = /[\p{L}\p{N}]/u;
const zeroWidthNonJoiner = '\u200c';

/** The first letters of the first two words. Persian ones are kept apart, or they would join into a syllable. */
function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter((word) => letterOrDigit.test(word));
  return words
    .slice(0, 2)
    .map((word) => letterOrDigit.exec(word)?.[0] ?? '')
    .join(zeroWidthNonJoiner)
    .toUpperCase();
}

/** A person's initials in a colour of their own; the name stands beside it. */
export function PersonAvatar({ name, size = 36, children }: { name: string; size?: number; children?: ReactNode }) {
  const hue = Array.from(name, (letter) => letter.charCodeAt(0)).reduce((sum, code) => sum + code, 0) % hues;
  return (
    <span className="person-avatar" style={{ inlineSize: size, blockSize: size, fontSize: size * 0.36 }} aria-hidden>
      <span className="person-avatar-initials" data-hue={hue} data-initials={initialsOf(name) || '?'} />
      {children && <span className="person-avatar-mark">{children}</span>}
    </span>
  );
}
