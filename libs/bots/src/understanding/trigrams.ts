/** The pieces of three letters of a folded text, each word with room before and behind it, so that beginnings count most. */
export function trigramsOf(key: string): Set<string> {
  const found = new Set<string>();
  for (const word of key.split(' ')) {
    const padded = `  ${word} `;
    for (let at = 0; word !== '' && at + 3 <= padded.length; at += 1) {
      found.add(padded.slice(at, at + 3));
    }
  }
  return found;
}

/** How much two texts have in common, 0 to 1: what is in both, of what is in either. */
export function similarity(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const [small, large] = one.size < other.size ? [one, other] : [other, one];
  let both = 0;
  for (const piece of small) {
    both += large.has(piece) ? 1 : 0;
  }
  return both === 0 ? 0 : both / (one.size + other.size - both);
}
