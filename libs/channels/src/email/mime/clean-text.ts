/** The longest text that a message keeps, in UTF-16 units. */
export const longestText = 1_000_000;
const longestLine = 1_000;

/**
 * Text of a stranger made fit to store: no NUL, which PostgreSQL refuses, no half of a surrogate pair, one kind of line end, no
 * blank lines around it, and at most `longestText`.
 */
export function cleanText(text: string): string {
  return text
    .slice(0, longestText)
    .replaceAll('\0', '')
    .replace(/\r\n?/gu, '\n')
    .toWellFormed()
    .replace(/^(?:[ \t]*\n)+/u, '')
    .trimEnd();
}

/**
 * One line of a stranger, for names and subjects: control characters become spaces, and marks that reverse the text around them
 * are dropped, since `\u202Egpj.exe` would be shown as `exe.jpg`. Half-spaces stay: Persian is written with them.
 */
export function cleanLine(line: string): string {
  return line
    .slice(0, longestLine)
    .toWellFormed()
    .replace(/[\u202a-\u202e\u2066-\u2069]/gu, '')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim();
}
