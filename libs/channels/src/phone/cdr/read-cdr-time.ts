import { isValidJalaaliDate, toGregorian } from 'jalaali-js';
import { DateTime } from 'luxon';
import type { CdrTerms } from './cdr-terms.js';

type Clock = Pick<CdrTerms, 'timeZone' | 'calendar'>;

const easternDigits = /[\u0660-\u0669\u06f0-\u06f9]/gu;
const written =
  /^(\d{2,4})[-/.](\d{1,2})[-/.](\d{1,4})(?:[\sT,]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*([ap]m)?)?\s*(z|utc|[+-]\d{2}(?::?\d{2})?)?$/iu;

/** Digits of any script as ASCII, without marks of direction. */
function asciiDigits(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(easternDigits, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf))
    .trim();
}

/**
 * An instant as exchanges and people write it: with the year first or last, in either calendar, with or without an offset, or as seconds
 * since 1970. Null for what is none. A day without a time is none: a call has a time.
 */
export function readCdrTime(text: string, clock: Clock): Date | null {
  const plain = asciiDigits(text);
  if (/^\d{9,10}(?:\.\d+)?$/u.test(plain)) {
    return new Date(Math.floor(Number(plain)) * 1000);
  }
  const found = written.exec(plain);
  if (!found || found[4] === undefined) {
    return null;
  }
  const day = dayOf([found[1] ?? '', found[2] ?? '', found[3] ?? ''], clock.calendar);
  const time = timeOf(found);
  return day && time && instantOf(day, time, found[8] ?? '', clock.timeZone);
}

type Day = [year: number, month: number, day: number];

/** The year has four digits and stands first or last; the last of the others is the day only where the year stands first. */
function dayOf(parts: [string, string, string], calendar: CdrTerms['calendar']): Day | null {
  const [a, b, c] = parts.map(Number) as Day;
  if (parts[0].length === 4) {
    return gregorian([a, b, c], calendar);
  }
  if (parts[2].length !== 4) {
    return null;
  }
  // Day first, as most of the world writes; month first only where that is the only way to read it.
  return gregorian([c, b, a], calendar) ?? gregorian([c, a, b], calendar);
}

function gregorian([year, month, day]: Day, calendar: CdrTerms['calendar']): Day | null {
  const isJalali = calendar === 'jalali' || (calendar === 'auto' && year < 1700);
  if (!isJalali) {
    return month >= 1 && month <= 12 ? [year, month, day] : null;
  }
  if (!isValidJalaaliDate(year, month, day)) {
    return null;
  }
  const { gy, gm, gd } = toGregorian(year, month, day);
  return [gy, gm, gd];
}

function timeOf(found: RegExpExecArray): [number, number, number] | null {
  const [hour, minute, second] = [Number(found[4]), Number(found[5]), Number(found[6] ?? 0)];
  const half = (found[7] ?? '').toLowerCase();
  if (half === '') {
    return [hour, minute, second];
  }
  return hour > 12 ? null : [(hour % 12) + (half === 'pm' ? 12 : 0), minute, second];
}

function instantOf(
  day: Day,
  [hour, minute, second]: [number, number, number],
  offset: string,
  zone: string,
): Date | null {
  const [year, month, date] = day;
  const at = DateTime.fromObject(
    { year, month, day: date, hour, minute, second },
    { zone: offset === '' ? zone : zoneOf(offset) },
  );
  return at.isValid ? at.toJSDate() : null;
}

function zoneOf(offset: string): string {
  const [, sign = '+', hours = '00', minutes = '00'] = /([+-])(\d{2}):?(\d{2})?/u.exec(offset) ?? [];
  return `UTC${sign}${hours}:${minutes}`;
}

/** A length in whole seconds, as a number or as hours, minutes and seconds; null for what is none. */
export function readSeconds(text: string): number | null {
  const plain = asciiDigits(text);
  if (/^\d{1,7}(?:\.\d+)?$/u.test(plain)) {
    return Math.round(Number(plain));
  }
  if (!/^\d{1,4}(?::\d{1,2}){1,2}$/u.test(plain)) {
    return null;
  }
  return plain.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
}
