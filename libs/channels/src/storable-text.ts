/**
 * A text as PostgreSQL keeps it: without NUL, and with halves of broken surrogate pairs replaced. Everything else that somebody
 * wrote stays as it was.
 */
export function storableText(text: string): string {
  return text.replaceAll('\u0000', '').toWellFormed();
}
