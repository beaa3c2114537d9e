const longestLine = 500;
const unseen = /[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;

/**
 * A line in the form in which it is compared: bidi controls away, half-spaces and other spaces as one space, Persian and Arabic
 * digits as ASCII, every dash as a hyphen, Arabic yeh and kaf as Persian, lower case, at most 500 UTF-16 units of it. The tables of phrases are folded too.
 */
export function foldLine(line: string): string {
  const head = line.length > longestLine ? line.slice(0, longestLine) : line;
  if (/^[\x20-\x7e\r\t]*$/u.test(head)) {
    return unescape(head).replace(/\s+/gu, ' ').trim().toLowerCase();
  }
  return unescape(head)
    .replace(unseen, '')
    .replace(/[\s\u200c]+/gu, ' ')
    .replace(/[\u2010-\u2015]/gu, '-')
    .replace(/[\u06f0-\u06f9\u0660-\u0669]/gu, (digit) => String(digit.charCodeAt(0) & 15))
    .replace(/[يى]/gu, 'ی')
    .replace(/ك/gu, 'ک')
    .trim()
    .toLowerCase();
}

/** Some programs put a quoted head into plain text with its HTML escapes. */
function unescape(line: string): string {
  return line.includes('&') ? line.replace(/&(lt|gt|quot);/gu, (_, name) => named[String(name)] ?? '') : line;
}

const named: Record<string, string> = { lt: '<', gt: '>', quot: '"' };

/** Phrases as the alternatives of a regular expression, the longest first, folded like the lines they are looked for in. */
export function alternatives(phrases: readonly string[]): string {
  const folded = [...new Set(phrases.map(foldLine))].sort((one, other) => other.length - one.length);
  return folded.map((phrase) => phrase.replace(/[.*+?^${}()|[\]\\/]/gu, String.raw`\$&`)).join('|');
}
