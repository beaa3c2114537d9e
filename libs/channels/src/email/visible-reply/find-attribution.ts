import {
  addressAndVerb,
  addressEnd,
  calendarDay,
  clockTime,
  datedStart,
  mailAddress,
  opened,
  openedInside,
  ownWords,
  quotingStart,
  saidEnd,
  wroteEnd,
  wroteInside,
  zoned,
} from './attribution-words.js';
import type { Lines } from './lines.js';

const mostLines = 6;
const longest = 600;

/** How much speaks for it: nothing, that it ends as one, or that it also begins as one. */
type Verdict = 'no' | 'ends' | 'whole';

/**
 * Where the words above a quote ("On Monday, … wrote:") begin, as an offset, when they end on the line `last`; null when they
 * do not. They may be wrapped over six lines, share their first line with the reply, and stand in any language: the word for
 * "wrote" is looked for first, then a date before and an address behind.
 *
 * `isMarked` says that quoted lines follow. Without them all the rest of the mail is at stake, so more is asked for.
 */
export function findAttribution(lines: Lines, last: number, floor: number, isMarked: boolean): number | null {
  const place = { isMarked, isApart: last + 1 < lines.count && lines.isBlank(last + 1) };
  if (!mayEnd(lines.fold(last), isMarked)) {
    return null;
  }
  let joined = '';
  let shortest: number | null = null;
  for (let line = last; line !== -1; line = lineAbove(lines, line, last, floor)) {
    joined = `${lines.fold(line)} ${joined}`.trim();
    const verdict = joined.length > longest ? 'no' : judge(joined, place);
    if (verdict === 'whole') {
      return beginning(lines, line, last, place, floor);
    }
    shortest = verdict === 'ends' && shortest === null ? line : shortest;
  }
  return shortest === null ? null : beginning(lines, shortest, last, place, floor);
}

function mayEnd(folded: string, isMarked: boolean): boolean {
  return /[:：*_>-]$/u.test(folded) || (isMarked && wroteEnd.test(folded));
}

/** The line above that may belong to it, or -1. A blank line only splits an address that is wrapped with its brackets. */
function lineAbove(lines: Lines, line: number, last: number, floor: number): number {
  let above = line - 1;
  if (above >= 0 && lines.isBlank(above) && lines.fold(line).startsWith('<')) {
    above -= 1;
  }
  const isOver = above < 0 || lines.start(above) < floor || last - above > mostLines;
  return isOver || lines.isBlank(above) || lines.isQuote(above) ? -1 : above;
}

/** The reply may end on the line on which this begins, and a date that was wrapped may begin on the line above. */
function beginning(lines: Lines, line: number, last: number, place: Place, floor: number): number {
  const raw = lines.raw(line).slice(0, 500);
  const inside = [...raw.matchAll(openedInside)].at(-1);
  if (inside && inside.index > 0) {
    const rest = Array.from({ length: last - line }, (_, index) => lines.fold(line + 1 + index));
    const joined = [raw.slice(inside.index).trim().toLowerCase(), ...rest].join(' ');
    if (judge(joined, place) === 'whole' && (place.isMarked || mailAddress.test(joined))) {
      return lines.start(line) + inside.index;
    }
  }
  const above = lineAbove(lines, line, last, floor);
  const beginsAbove = above !== -1 && !opened.test(lines.fold(line)) && beginsDate(lines.fold(above));
  return lines.start(beginsAbove ? above : line);
}

function beginsDate(folded: string): boolean {
  return opened.test(folded) && folded.length < 90 && !/[.!?؟:]$/u.test(folded);
}

/** What follows: quoted lines, or a blank line. */
interface Place {
  isMarked: boolean;
  isApart: boolean;
}

interface Evidence extends Place {
  hasMail: boolean;
  hasTime: boolean;
  hasDay: boolean;
  isDated: boolean;
}

function judge(joined: string, place: Place): Verdict {
  const evidence: Evidence = {
    ...place,
    hasMail: mailAddress.test(joined),
    hasTime: clockTime.test(joined),
    hasDay: calendarDay.test(joined),
    isDated: opened.test(joined) || datedStart.test(joined),
  };
  const isOne = /[:：]$/u.test(joined) ? endsInColon(joined, evidence) : endsWithout(joined, evidence);
  if (!isOne) {
    return 'no';
  }
  return evidence.isDated ? 'whole' : 'ends';
}

function endsInColon(joined: string, evidence: Evidence): boolean {
  if (wroteEnd.test(joined)) {
    return saysWho(joined, evidence);
  }
  if (saidEnd.test(joined)) {
    const { isMarked, hasMail, isDated } = evidence;
    return [isMarked, hasMail, isDated].filter(Boolean).length >= 2;
  }
  return saysWhen(joined, evidence) || isAddressed(joined, evidence);
}

/** "I wrote on Monday:" opens a story and no quote. */
function saysWho(joined: string, { isMarked, isApart, hasMail, hasTime, hasDay, isDated }: Evidence): boolean {
  if (isMarked) {
    return hasMail || isDated || joined.length < 120;
  }
  const isTold = isDated && (hasTime || (isApart && hasDay && opened.test(joined)));
  return !ownWords.test(joined) && (hasMail || isTold);
}

/** "On Monday wrote Max Muster:", as Germanic languages have it. */
function saysWhen(joined: string, { isMarked, hasMail, hasTime, hasDay, isDated }: Evidence): boolean {
  const isTold = isMarked ? isDated : hasTime && opened.test(joined);
  return hasDay && (hasMail || isTold) && wroteInside.test(joined);
}

/** Without a word that is known: a date before the address of the writer is enough. */
function isAddressed(joined: string, evidence: Evidence): boolean {
  const { isMarked, hasMail, hasTime, hasDay, isDated } = evidence;
  if (quotingStart.test(joined)) {
    return hasMail || isMarked;
  }
  if (isMarked) {
    return hasMail ? hasDay || hasTime : zoned.test(joined);
  }
  return isDated && hasDay && (addressEnd.test(joined) || (hasTime && addressAndVerb.test(joined)));
}

/** Zoho draws dashes around it, others forget the colon. */
function endsWithout(joined: string, evidence: Evidence): boolean {
  const { isMarked, hasMail, hasTime, hasDay } = evidence;
  if (/^-{2,}.*-{2,}$/u.test(joined)) {
    return (hasDay || hasMail) && wroteEnd.test(joined);
  }
  if (!isMarked || !evidence.isDated) {
    return false;
  }
  return wroteEnd.test(joined) ? hasMail || hasTime : hasDay && hasMail && joined.endsWith('>');
}
