/**
 * A draft that repeats what somebody wrote, as mails and chats do it, below what was begun. The caret goes behind it.
 */
export function quoteOf(said: string, begun: string): string {
  const quoted = said
    .trim()
    .split('\n')
    .map((line) => `> ${line}`)
    .join('\n');
  return `${begun.trim() === '' ? '' : `${begun.trimEnd()}\n\n`}${quoted}\n\n`;
}
