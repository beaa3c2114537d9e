/** A stretch of a message's text. */
export interface Stretch {
  text: string;
  hidden: boolean;
}

/**
 * Cuts a text at what it repeats or signs. Ranges are [from, to) in UTF-16 units; those that do not fit the text are cut to it. A text
 * of which nothing would be left to see is shown whole.
 */
export function splitHidden(body: string, hidden: readonly (readonly [number, number])[]): Stretch[] {
  const stretches: Stretch[] = [];
  let end = 0;
  for (const [from, to] of hidden) {
    const start = Math.min(Math.max(from, end), body.length);
    const stop = Math.min(Math.max(to, start), body.length);
    stretches.push({ text: body.slice(end, start), hidden: false }, { text: body.slice(start, stop), hidden: true });
    end = stop;
  }
  stretches.push({ text: body.slice(end), hidden: false });
  const told = stretches
    .filter(({ text }) => text.trim() !== '')
    .map(({ text, hidden: is }) => ({ text: bare(text), hidden: is }));
  return told.some((one) => !one.hidden) ? told : [{ text: body, hidden: false }];
}

/** Without the empty lines at its edges; an indented first line keeps its place. */
function bare(text: string): string {
  return text.replace(/^(?:[^\S\n]*\n)+/u, '').trimEnd();
}
