import { findAttribution } from './find-attribution.js';
import { findHeaderBlock } from './find-header-block.js';
import { lineSign, type Lines } from './lines.js';
import { isMarkerLine, mayBeMarker } from './reply-marker.js';
import { isForward, isRule, isSeparator } from './separator-phrases.js';

/** A mail has a handful of lines that could begin older mail; a stranger's hundred thousand are not all weighed. */
const mostCandidates = 2_000;
/** Nobody answers in a thousand places, and where somebody answers in between, nothing is hidden anyway. */
const mostPieces = 2_000;
const longestWrap = 2;
const shortestWrapped = 58;

/**
 * A stretch of a mail, in UTF-16 units: what was written, a quote with the words above it, or a head after which the rest is older
 * mail. `isSure` is false for quoted lines that nothing introduces; `headTo` is where the words above end.
 */
export interface Piece {
  kind: 'text' | 'quote' | 'rest';
  from: number;
  to: number;
  isSure: boolean;
  headTo: number;
  /** How many labelled lines its head has; 0 when it has another kind of head. */
  labelled: number;
}

interface Division {
  pieces: Piece[];
  /** Nothing is to be hidden: mail that is handed on is what its sender wants to show. */
  isAllOwn: boolean;
}

/** Words that begin older mail: where they begin, and the line after them. */
interface Splitter {
  from: number;
  next: number;
  labelled: number;
}

/** Divides a text into what was written and what was quoted, in order and without gaps. */
export function divideReply(lines: Lines): Division {
  const pieces: Piece[] = [];
  let textFrom = 0;
  let candidates = 0;
  let line = lines.nextFilled(0);
  while (line < lines.count && pieces.length <= mostPieces) {
    const isWeighed = candidates < mostCandidates && isCandidate(lines, line);
    candidates += isWeighed ? 1 : 0;
    const found = findAt(lines, line, textFrom, isWeighed);
    if (found === 'forward') {
      return { pieces, isAllOwn: true };
    }
    if (found) {
      pieces.push(textPiece(textFrom, found.piece.from), found.piece);
      textFrom = found.piece.to;
    }
    line = lines.nextFilled(found?.next ?? line + 1);
  }
  pieces.push(textPiece(textFrom, lines.text.length));
  return { pieces, isAllOwn: pieces.length > mostPieces };
}

/** A piece of older mail and the line after it. */
interface Found {
  piece: Piece;
  next: number;
}

function findAt(lines: Lines, line: number, floor: number, isWeighed: boolean): Found | 'forward' | null {
  if (isWeighed && isForwarding(lines, line)) {
    return 'forward';
  }
  return quoteAt(lines, line) ?? (isWeighed ? splitAt(lines, line, floor) : null);
}

function quoteAt(lines: Lines, line: number): Found | null {
  if (!lines.isQuote(line)) {
    return null;
  }
  const next = quoteEnd(lines, line);
  const from = lines.start(line);
  const isSure = isSureQuote(lines, line, next);
  return { piece: { kind: 'quote', from, to: endWithSpace(lines, next), isSure, headTo: from, labelled: 0 }, next };
}

/** The blank lines behind a quote go with it, so that the reply around it reads as one. */
function endWithSpace(lines: Lines, next: number): number {
  return lines.start(lines.nextFilled(next));
}

/** With quoted lines behind them, words that begin older mail take these; without, all the rest. */
function splitAt(lines: Lines, line: number, floor: number): Found | null {
  const splitter = findSplitter(lines, line, floor);
  if (splitter === null) {
    return null;
  }
  const { from, labelled } = splitter;
  const follows = lines.nextFilled(splitter.next);
  const isMarked = follows < lines.count && lines.isQuote(follows);
  const next = isMarked ? quoteEnd(lines, follows) : lines.count;
  const headTo = lines.start(splitter.next);
  return {
    piece: { kind: isMarked ? 'quote' : 'rest', from, to: endWithSpace(lines, next), isSure: true, headTo, labelled },
    next,
  };
}

function textPiece(from: number, to: number): Piece {
  return { kind: 'text', from, to, isSure: true, headTo: from, labelled: 0 };
}

const telling = /[:：]|[-_=*\u2010-\u2015]{2}|-\s*$|above this line|بالای این خط/u;

/** Cheap, because it is asked of every line: a head has a colon, a rule or dashes, or stands right above a quote. */
function isCandidate(lines: Lines, line: number): boolean {
  if (lines.sign(line) !== 0) {
    return true;
  }
  if (lines.isQuote(line)) {
    return false;
  }
  const raw = lines.raw(line);
  return raw.length < 2_000 && (telling.test(raw) || isQuotedNext(lines, line));
}

function isQuotedNext(lines: Lines, line: number): boolean {
  const next = lines.isBlank(line + 1) ? line + 2 : line + 1;
  return next < lines.count && lines.isQuote(next);
}

function isForwarding(lines: Lines, line: number): boolean {
  return lines.has(line, lineSign.forward) || isForward(lines.fold(line));
}

function findSplitter(lines: Lines, line: number, floor: number): Splitter | null {
  const from = withRule(lines, line, floor);
  if (isMarkerLine(lines.fold(line)) || lines.has(line, lineSign.marker)) {
    return { from: withIntroduction(lines, line, floor), next: afterMarker(lines, line), labelled: 0 };
  }
  if (lines.has(line, lineSign.head)) {
    return { from, next: headEnd(lines, line), labelled: 0 };
  }
  const block = findHeaderBlock(lines, line);
  if (block) {
    return { from, next: block.next, labelled: block.labelled };
  }
  if (isSeparator(lines.fold(line)) || lines.has(line, lineSign.rest)) {
    return { from, next: afterSeparator(lines, line), labelled: 0 };
  }
  return attribution(lines, line, floor);
}

/** The marker may be wrapped, in which case its other half is on the next line. */
function afterMarker(lines: Lines, line: number): number {
  return line + 1 < lines.count && isMarkerLine(lines.fold(line + 1)) ? line + 2 : line + 1;
}

function afterSeparator(lines: Lines, line: number): number {
  const next = lines.nextFilled(isSeparator(lines.fold(line)) ? line + 1 : line);
  const block = next < lines.count && !lines.isQuote(next) ? findHeaderBlock(lines, next) : null;
  return block?.next ?? line + 1;
}

function headEnd(lines: Lines, line: number): number {
  let next = line + 1;
  while (next < lines.count && (lines.has(next, lineSign.head) || lines.isBlank(next))) {
    next += 1;
  }
  return next;
}

function attribution(lines: Lines, line: number, floor: number): Splitter | null {
  const follows = lines.nextFilled(line + 1);
  const from = findAttribution(lines, line, floor, follows < lines.count && lines.isQuote(follows));
  return from === null || from < floor ? null : { from, next: line + 1, labelled: 0 };
}

/** The rule or the "Original Message" that a program draws above the head goes with it. */
function withRule(lines: Lines, line: number, floor: number): number {
  let above = line - 1;
  while (above > 0 && line - above < 4 && lines.isBlank(above)) {
    above -= 1;
  }
  const isDrawn =
    above >= 0 && lines.start(above) >= floor && (isRule(lines.fold(above)) || isSeparator(lines.fold(above)));
  return lines.start(isDrawn ? above : line);
}

/** Above our own marker stands what the customer's program wrote over the quote, in whatever language. */
function withIntroduction(lines: Lines, line: number, floor: number): number {
  let above = line - 1;
  while (above > 0 && line - above < 4 && lines.isBlank(above)) {
    above -= 1;
  }
  if (above < 0 || lines.start(above) < floor || !/[:：]$/u.test(lines.fold(above))) {
    return lines.start(line);
  }
  return findAttribution(lines, above, floor, true) ?? lines.start(line);
}

/** The line after the quoted lines that begin here, blank lines between them and lines that were wrapped out of them included. */
function quoteEnd(lines: Lines, first: number): number {
  const isBare = isBareQuote(lines, first);
  let next = first + 1;
  for (let line = first + 1; line < lines.count; line += 1) {
    if (lines.isBlank(line)) {
      continue;
    }
    if (!lines.isQuote(line)) {
      line = wrapEnd(lines, line);
    }
    if (line === -1 || isBareQuote(lines, line) !== isBare) {
      return next;
    }
    next = line + 1;
  }
  return next;
}

function isBareQuote(lines: Lines, line: number): boolean {
  return lines.has(line, lineSign.bareQuote) && !lines.has(line, lineSign.quote);
}

/** The quoted line after one or two that a program wrapped without their `>`, or after a link set in brackets; else -1. */
function wrapEnd(lines: Lines, line: number): number {
  const isLong = lines.start(line) - lines.start(line - 1) >= shortestWrapped;
  if (lines.isBlank(line - 1) || !(isLong || isLinkStart(lines, line) || isLinkCut(lines, line))) {
    return -1;
  }
  for (let next = line + 1; next <= line + longestWrap && next < lines.count; next += 1) {
    if (lines.isBlank(next)) {
      return -1;
    }
    if (lines.isQuote(next)) {
      return next;
    }
  }
  return -1;
}

function isLinkStart(lines: Lines, line: number): boolean {
  return /^\s{0,9}\(?<?(?:https?|mailto):/u.test(lines.raw(line).slice(0, 20));
}

/** The line above breaks off within a link in brackets, which this line ends. */
function isLinkCut(lines: Lines, line: number): boolean {
  const above = lines.raw(line - 1).slice(-300);
  return /[(<](?:https?|mailto):[^\s()<>]*\s*$/u.test(above) && /^\S{0,300}[)>]/u.test(lines.raw(line).slice(0, 302));
}

/** Quoting elements and our own marker speak for themselves; a `>` alone may be the writer's. */
function isSureQuote(lines: Lines, first: number, next: number): boolean {
  if (lines.has(first, lineSign.quote)) {
    return true;
  }
  for (let line = first; line < Math.min(next, first + 12); line += 1) {
    if (lines.has(line, lineSign.marker) || (mayBeMarker(lines.raw(line)) && isMarkerLine(lines.fold(line)))) {
      return true;
    }
  }
  return false;
}
