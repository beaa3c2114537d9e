import { divideReply, type Piece } from './divide-reply.js';
import { findSignature } from './find-signature.js';
import { foldLine } from './fold-line.js';
import { firstSeen, Lines } from './lines.js';
import { readQuoteSigns } from './read-quote-signs.js';
import { announcesInline } from './separator-phrases.js';

/** A stretch of a text, `to` excluded, in UTF-16 units. */
export type Range = [from: number, to: number];

const fewLines = 2;

/**
 * Which ranges of a mail's text a reader need not see: older mail below or around the reply, with the words above it, and the
 * signature. They are ordered, do not touch, never cover all that is written, and are to be folded away, not deleted.
 *
 * `html` is the HTML that `text` was made of, or null when the mail brought plain text. What speaks first is our own marker line,
 * then the elements in which mail programs quote, then the text itself. Where somebody has answered between the quoted lines, or
 * hands a mail on, nothing of it is hidden. The time grows with the length of the text and no faster.
 */
export function visibleReply({ text, html }: { text: string; html: string | null }): Range[] {
  const lines = new Lines(text, html === null ? undefined : readQuoteSigns(html, text));
  const { pieces, isAllOwn } = divideReply(lines);
  if (isAllOwn) {
    return [];
  }
  const own = pieces.filter(({ kind, from, to }) => kind === 'text' && isWritten(text, from, to));
  if (own.length === 0) {
    return loneHead(pieces, text);
  }
  const signatures = signatureRanges(lines, own);
  const answers = own.filter(({ from, to }) => isWritten(text, from, cutBy(signatures, from, to)));
  const quotes = hiddenPieces(lines, pieces, answers, html !== null);
  return merge([...quotes, ...signatures], text);
}

/** The text in order, cut into what is shown and what is folded away; blank edges of what is shown are left out. */
export function visibleParts(text: string, hidden: readonly Range[]): { text: string; isHidden: boolean }[] {
  const parts: { text: string; isHidden: boolean }[] = [];
  let at = 0;
  for (const [from, to] of [...hidden, [text.length, text.length] as Range]) {
    parts.push({
      text: text
        .slice(at, from)
        .replace(/^(?:[^\S\n]*\n)+/u, '')
        .trimEnd(),
      isHidden: false,
    });
    parts.push({ text: text.slice(from, to), isHidden: true });
    at = to;
  }
  return parts.filter((part) => part.text !== '');
}

function isWritten(text: string, from: number, to: number): boolean {
  return firstSeen(text, from, to) !== -1;
}

function cutBy(signatures: readonly Range[], from: number, to: number): number {
  return signatures.find(([start]) => start >= from && start < to)?.[0] ?? to;
}

/** The signature of the last thing written; when that was a signature and no more, also the one of what was written before. */
function signatureRanges(lines: Lines, own: readonly Piece[]): Range[] {
  const ranges: Range[] = [];
  for (const [index, { from, to }] of [...own.entries()].reverse()) {
    const first = lines.at(from);
    const last = to >= lines.text.length ? lines.count : lines.at(to);
    const found = findSignature(lines, first, last, index > 0);
    if (found === null) {
      break;
    }
    const start = Math.max(from, lines.start(found));
    const isAll = !isWritten(lines.text, from, start);
    if (isAll && index === 0) {
      break;
    }
    ranges.push([start, to]);
    if (!isAll) {
      break;
    }
  }
  return ranges;
}

function hiddenPieces(lines: Lines, pieces: readonly Piece[], answers: readonly Piece[], isHtml: boolean): Range[] {
  const openings = answers.slice(0, 20).map(({ from, to }) => foldLine(lines.text.slice(from, to).trimStart()));
  if (openings.length === 0 || openings.some(announcesInline)) {
    return [];
  }
  const folded = pieces.filter(({ kind }) => kind !== 'text');
  const quotes = folded.filter(({ kind }) => kind === 'quote');
  const isInterleaved = quotes.some(
    (quote, index) =>
      index > 0 && answers.some(({ from }) => from < quote.from && from >= (quotes[index - 1]?.to ?? 0)),
  );
  const shown = new Set(quotes.filter((quote) => isInterleaved || !hidesQuote(lines, quote, folded, answers, isHtml)));
  return folded.filter((piece) => !shown.has(piece)).map(({ from, to }): Range => [from, to]);
}

/**
 * Quoted lines that nothing introduces are older mail when they stand before the reply or, several or set apart, behind it; what
 * follows a colon or stands in the middle was put there by the writer.
 */
function hidesQuote(
  lines: Lines,
  quote: Piece,
  folded: readonly Piece[],
  answers: readonly Piece[],
  isHtml: boolean,
): boolean {
  if (quote.isSure) {
    return true;
  }
  if (isHtml) {
    return folded.length === 1;
  }
  const above = answers.filter(({ from }) => from < quote.from);
  const isLast = above.length === answers.length;
  if (above.length === 0) {
    return true;
  }
  const first = lines.at(quote.from);
  const count = lines.at(Math.max(quote.from, quote.to - 1)) - first + 1;
  const isApart = lines.isBlank(first - 1) && !/[:：]$/u.test(lines.text.slice(0, quote.from).trimEnd().slice(-1));
  return isLast && (count > fewLines || isApart);
}

/** A mail of nothing but older mail is shown whole, save a lone "From: Name <address>" above it. */
function loneHead(pieces: readonly Piece[], text: string): Range[] {
  const rest = pieces.find(({ kind }) => kind === 'rest');
  const isLone = rest?.labelled === 1 && isWritten(text, rest.headTo, rest.to);
  return isLone ? [[rest.from, rest.headTo]] : [];
}

/** Ranges in order; those with nothing but space between them are one, and one that nothing follows reaches to the end. */
function merge(ranges: readonly Range[], text: string): Range[] {
  const merged: Range[] = [];
  for (const [from, to] of [...ranges].sort(([one], [other]) => one - other)) {
    const last = merged.at(-1);
    if (last && !isWritten(text, last[1], from)) {
      last[1] = to;
    } else if (to > from) {
      merged.push([from, to]);
    }
  }
  const end = merged.at(-1);
  if (end && !isWritten(text, end[1], text.length)) {
    end[1] = text.length;
  }
  return merged;
}
