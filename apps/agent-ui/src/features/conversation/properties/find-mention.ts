/** A name that is being written after an `@`: where it begins (after the sign) and what is there of it. */
export interface WrittenMention {
  from: number;
  to: number;
  typed: string;
}

const longest = 40;

/** The mention that the caret stands in or right behind; null where it stands in none. Mail addresses are no mentions. */
export function findMention(text: string, caret: number): WrittenMention | null {
  const before = text.slice(Math.max(0, caret - longest), caret);
  const found = /(?:^|[^\p{L}\p{N}._%+-])@(?<typed>[\p{L}\p{N}\p{M}\u200c .'-]*)$/u.exec(before);
  const typed = found?.groups?.['typed'];
  return typed === undefined ? null : { from: caret - typed.length, to: caret, typed };
}

/** Texts that are one to whoever looks for a name: small, without the letters that keyboards differ in. */
export function foldName(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('ي', 'ی')
    .replaceAll('ك', 'ک')
    .replace(/[\u200c\s]+/gu, ' ')
    .trim();
}

/** Agents of whom what is written is the beginning, by any part of their names; those whom it names whole are named already. */
export function suggestAgents<Agent extends { name: string }>(agents: readonly Agent[], typed: string): Agent[] {
  const wanted = foldName(typed);
  return agents
    .filter(({ name }) => {
      const folded = foldName(name);
      return !wanted.startsWith(folded) && ` ${folded}`.includes(` ${wanted}`);
    })
    .slice(0, 6);
}
