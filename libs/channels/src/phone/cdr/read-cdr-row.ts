import { normalisePhone } from '../../phone-number.js';
import type { CdrFault, CdrRecord, CdrTerms } from './cdr-terms.js';
import { readCdrTime, readSeconds } from './read-cdr-time.js';
import { faultOf } from './read-cdr-lines.js';

/** A record with its times read, and the side that it was of. Internal: between two of ours. */
export interface CdrRow {
  record: CdrRecord;
  start: Date;
  answer: Date | null;
  end: Date;
  direction: 'in' | 'out' | 'internal';
  /** Somebody talked: a person's telephone, not a menu or a queue's music. */
  isTalk: boolean;
}

/** A record as a row of a call, or what keeps it from being one. */
export function readCdrRow(record: CdrRecord, terms: CdrTerms): CdrRow | CdrFault {
  const start = readCdrTime(record.start, terms);
  if (start === null) {
    const code = record.start === '' ? 'no_start' : 'not_a_time';
    return faultOf(code, { line: record.line, text: record.start });
  }
  if (record.src === '' && record.cnum === '' && record.dst === '') {
    return faultOf('no_numbers', { line: record.line, text: record.raw });
  }
  const isTalk = isAnswered(record) && reachedSomebody(record, terms);
  return { record, start, ...timesOf(record, start, terms), direction: directionOf(record, terms), isTalk };
}

function timesOf(record: CdrRecord, start: Date, terms: CdrTerms): Pick<CdrRow, 'answer' | 'end'> {
  const talked = readSeconds(record.billsec);
  const lasted = readSeconds(record.duration) ?? talked ?? 0;
  const end = readCdrTime(record.end, terms) ?? new Date(start.getTime() + lasted * 1000);
  if (!isAnswered(record)) {
    return { answer: null, end };
  }
  const told = readCdrTime(record.answer, terms);
  return { answer: told ?? new Date(end.getTime() - (talked ?? lasted) * 1000), end };
}

export function isAnswered({ disposition }: Pick<CdrRecord, 'disposition'>): boolean {
  return /^(answered|answer|پاسخ داده شده|پاسخ‌داده‌شده)$/iu.test(disposition.trim());
}

/** The exchange itself answers too: a menu, a queue's music, a mailbox. Only where another telephone took part did somebody talk. */
const itself =
  /^(queue|background|playback|read|readexten|waitexten|wait|answer|musiconhold|voicemail|hangup|congestion|busy|goto|set|agi)$/iu;

function reachedSomebody({ dstchannel, lastapp }: CdrRecord, { columns, preset }: CdrTerms): boolean {
  const tellsChannel = preset === 'json' || columns.includes('dstchannel');
  return tellsChannel ? dstchannel !== '' : !itself.test(lastapp);
}

const said: [RegExp, CdrRow['direction']][] = [
  [/^(in|inbound|incoming|incoming call|ورودی)$/iu, 'in'],
  [/^(out|outbound|outgoing|outgoing call|external|خروجی)$/iu, 'out'],
  [/^(internal|internal call|ext|داخلی)$/iu, 'internal'],
];

/** What the records say of it, then the context of the dialplan, then the numbers. */
function directionOf(record: CdrRecord, terms: CdrTerms): CdrRow['direction'] {
  const told = said.find(([words]) => words.test(record.direction) || words.test(record.userfield));
  if (told) {
    return told[1];
  }
  if (isOneOf(record.dcontext, terms.inContexts)) {
    return 'in';
  }
  if (isOneOf(record.dcontext, terms.outContexts)) {
    return 'out';
  }
  return record.did === '' ? directionOfNumbers(record, terms) : 'in';
}

function isOneOf(context: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) =>
    pattern.endsWith('*') ? context.startsWith(pattern.slice(0, -1)) : context === pattern,
  );
}

function directionOfNumbers(record: CdrRecord, { defaultCountry }: CdrTerms): CdrRow['direction'] {
  const comesFromUs = record.dcontext.startsWith('from-internal');
  const goesOut = isOutside(record.dst, defaultCountry);
  if (comesFromUs) {
    return goesOut ? 'out' : 'internal';
  }
  const from = record.cnum || record.src;
  if (isOutside(from, defaultCountry) || isWithheld(from)) {
    return goesOut && record.outbound_cnum !== '' ? 'out' : 'in';
  }
  return goesOut ? 'out' : 'internal';
}

function isWithheld(number: string): boolean {
  return /^(|anonymous|unknown|private|restricted|withheld)$/iu.test(number);
}

/** A number of the public network: one that is valid there, or that is too long for an extension. */
function isOutside(number: string, country: string): boolean {
  const phone = normalisePhone(number, country);
  return phone?.kind === 'phone' || number.replace(/\D/gu, '').length > 7;
}
