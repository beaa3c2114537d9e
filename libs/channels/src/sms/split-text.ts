/** Whether a text can go as one message of its provider. */
export type Fits = (text: string) => boolean;

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const sentenceEnd = /[.!?؟۔…:؛;\n]$/u;
/** A break further back than this costs more room than a clean cut is worth. */
const nearEnd = 0.6;
const mostParts = 99;

/**
 * Divides a text that its provider takes only in pieces, each numbered, at the end of a sentence or a word where one is near, and
 * never inside a letter. A text that fits stays as it is.
 */
export function splitText(text: string, fits: Fits): string[] {
  if (fits(text)) {
    return [text];
  }
  const letters = Array.from(graphemes.segment(text), ({ segment }) => segment);
  for (let count = 2; count <= mostParts; count += 1) {
    const parts = inParts(letters, count, fits);
    if (parts !== null) {
      return parts;
    }
  }
  return [text];
}

/** The text in at most `count` numbered parts; null when it needs more. */
function inParts(letters: string[], count: number, fits: Fits): string[] | null {
  const parts: string[] = [];
  let from = 0;
  while (from < letters.length && parts.length < count) {
    const label = `(${String(parts.length + 1)}/${String(count)}) `;
    const to = cutAt(letters, from, (piece) => fits(label + piece));
    parts.push(label + letters.slice(from, to).join('').trim());
    from = skipSpace(letters, to);
  }
  return from >= letters.length && parts.length === count ? parts : null;
}

/** Where the part that begins at `from` ends. At least one letter goes, or nothing ever would. */
function cutAt(letters: string[], from: number, fits: Fits): number {
  let low = from + 1;
  let high = letters.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(letters.slice(from, middle).join(''))) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return low === letters.length ? low : niceCut(letters, from, low);
}

function niceCut(letters: string[], from: number, most: number): number {
  const earliest = from + Math.floor((most - from) * nearEnd);
  const sentence = lastWhere(earliest, most, (at) => sentenceEnd.test(letters[at - 1] ?? ''));
  return sentence ?? lastWhere(earliest, most, (at) => isSpace(letters[at]) || isSpace(letters[at - 1])) ?? most;
}

function lastWhere(earliest: number, latest: number, holds: (at: number) => boolean): number | null {
  for (let at = latest; at > earliest; at -= 1) {
    if (holds(at)) {
      return at;
    }
  }
  return null;
}

function skipSpace(letters: string[], from: number): number {
  let at = from;
  while (at < letters.length && isSpace(letters[at])) {
    at += 1;
  }
  return at;
}

function isSpace(letter: string | undefined): boolean {
  return letter !== undefined && letter.trim() === '';
}
