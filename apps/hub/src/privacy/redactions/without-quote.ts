/**
 * A draft without the lines that quote a message: those that begin with ">" and say what a line of the message says. Lines of the draft's
 * own stay, whatever they say.
 */
export function withoutQuote(draft: string, message: string): string {
  const said = new Set(
    message
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  );
  return draft
    .split('\n')
    .filter((line) => !(line.startsWith('>') && said.has(line.replace(/^(?:>\s?)+/u, '').trim())))
    .join('\n');
}
