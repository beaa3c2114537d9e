import { readHeaderLine, type HeaderRole } from './header-labels.js';
import { mailAddress, clockTime } from './attribution-words.js';
import { lineSign, type Lines } from './lines.js';
import { isRule, isSeparator } from './separator-phrases.js';

const mostLines = 24;
const mostWrapped = 3;

/** Lines that begin older mail: from `first` to before `next`. */
export interface HeaderBlock {
  next: number;
  /** How many labelled lines it has. */
  labelled: number;
}

interface Seen {
  roles: Set<HeaderRole>;
  labelled: number;
  hasAddress: boolean;
  hasSentTime: boolean;
}

/**
 * The head of an older mail (From, Sent, To, Subject and the like) that begins on a line, in any order and language.
 *
 * A traveller writes "From: Tehran, To: Mashhad, Date: 12 Mehr" too, so labels alone do not count: an address, a subject
 * among three, the time of sending or a rule above has to speak for mail.
 */
export function findHeaderBlock(lines: Lines, first: number): HeaderBlock | null {
  const opening = readHeaderLine(lines.fold(first));
  if (opening === null || opening.role === 'other' || opening.role === 'cc') {
    return null;
  }
  const seen: Seen = { roles: new Set(), labelled: 0, hasAddress: false, hasSentTime: false };
  const next = readBlock(lines, first, seen);
  const ruled = isRuled(lines, first);
  const isMail =
    isHead(seen, ruled) || (seen.roles.has('from') && seen.hasAddress && ruled) || isLoneSender(lines, first, seen);
  return isMail ? { next, labelled: seen.labelled } : null;
}

/** Reads on while lines are labelled, continue a labelled line or stand blank between two. Gives the line after the last. */
function readBlock(lines: Lines, first: number, seen: Seen): number {
  let next = first;
  let wrapped = 0;
  for (let line = first; line < Math.min(lines.count, first + mostLines); line += 1) {
    const header = lines.isQuote(line) ? null : readHeaderLine(lines.fold(line));
    if (header) {
      note(seen, header);
      next = line + 1;
      wrapped = 0;
    } else if (lines.isBlank(line)) {
      wrapped = mostWrapped;
      if (isEndOfBlock(lines, line)) {
        return next;
      }
    } else if ((wrapped += 1) > mostWrapped || lines.isQuote(line)) {
      return next;
    } else {
      noteWrapped(seen, lines.fold(line));
    }
  }
  return next;
}

function isEndOfBlock(lines: Lines, blank: number): boolean {
  const next = lines.nextFilled(blank);
  return next - blank > 2 || next >= lines.count || readHeaderLine(lines.fold(next)) === null;
}

function note(seen: Seen, { role, value }: { role: HeaderRole; value: string }): void {
  seen.roles.add(role);
  seen.labelled += 1;
  seen.hasAddress ||= role !== 'subject' && mailAddress.test(value);
  seen.hasSentTime ||= role === 'sent' && clockTime.test(value);
}

function noteWrapped(seen: Seen, folded: string): void {
  seen.hasAddress ||= seen.labelled < 3 && mailAddress.test(folded);
}

function isHead({ roles, hasAddress, hasSentTime }: Seen, ruled: boolean): boolean {
  if (roles.size < 2 || !(roles.has('from') || isDatedHead(roles))) {
    return false;
  }
  return hasAddress || hasSentTime || ruled || (roles.size >= 3 && roles.has('subject'));
}

function isDatedHead(roles: ReadonlySet<HeaderRole>): boolean {
  return (roles.has('sent') || roles.has('date')) && (roles.has('to') || roles.has('subject'));
}

function isRuled(lines: Lines, first: number): boolean {
  if (lines.has(first, lineSign.rule)) {
    return true;
  }
  const above = first > 0 && lines.isBlank(first - 1) ? first - 2 : first - 1;
  return above >= 0 && !lines.isBlank(above) && (isRule(lines.fold(above)) || isSeparator(lines.fold(above)));
}

/** Some programs write nothing but "From: Name <address>" above the older mail. */
function isLoneSender(lines: Lines, first: number, { roles, labelled }: Seen): boolean {
  if (labelled !== 1 || !roles.has('from') || (first > 0 && !lines.isBlank(first - 1))) {
    return false;
  }
  // The address may have been wrapped onto a line of its own.
  const isWrapped = /^[<[]/u.test(lines.fold(first + 1));
  const behind = isWrapped ? first + 2 : first + 1;
  const head = isWrapped ? `${lines.fold(first)} ${lines.fold(first + 1)}` : lines.fold(first);
  return /[<[][^<>]*@[^<>]*[>\]]\s*$/u.test(head) && lines.isBlank(behind) && behind < lines.count;
}
