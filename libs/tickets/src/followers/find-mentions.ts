import { matchKey } from '#channels';

/** Somebody who can be named in a note. */
export interface Mentionable {
  id: string;
  name: string;
}

/**
 * The agents whom a note names: an `@` at its beginning or after anything that is no letter or digit, and their whole name right after it, in
 * whatever spelling folds to the same. The longest name wins, and two of one name are both meant. Mail addresses name nobody.
 */
export function findMentions(note: string, agents: readonly Mentionable[]): string[] {
  const named = agents
    .map(({ id, name }) => ({ id, words: matchKey(name).split(' ') }))
    .filter(({ words }) => words[0] !== '');
  const found = new Set<string>();
  for (const [, after = ''] of note.matchAll(
    /(?<![\p{L}\p{N}._%+-])@(?=\p{Cf}*[\p{L}\p{N}])([^@\n,،;؛:!?؟]{1,200})/gu,
  )) {
    const words = matchKey(after).split(' ');
    const fitting = named.filter((one) => one.words.every((word, place) => words[place] === word));
    const most = Math.max(0, ...fitting.map((one) => one.words.length));
    fitting.filter((one) => one.words.length === most).forEach(({ id }) => found.add(id));
  }
  return [...found];
}
