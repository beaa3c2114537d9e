/** What is typed after a slash, and where it stands: from the slash up to the caret. */
export interface SlashWord {
  from: number;
  to: number;
  query: string;
}

/** A slash at the beginning or after a space, and what follows it on the line; several words, but no path and no date. */
const slashed = /(?:^|\s)\/([^\n/]{0,40})$/u;

/** The search that is being typed before the caret, or null where none is. */
export function slashAt(text: string, caret: number): SlashWord | null {
  const found = slashed.exec(text.slice(0, caret));
  const query = found?.[1];
  return query === undefined ? null : { from: caret - query.length - 1, to: caret, query };
}

const marker = /⟦[\p{L}\p{N}_.-]{1,120}⟧/u;

/** Where the first variable stands that is not filled in; null where all are. */
export function unfilledAt(text: string): { from: number; to: number } | null {
  const found = marker.exec(text);
  return found ? { from: found.index, to: found.index + found[0].length } : null;
}
