import { CalendarDate, GregorianCalendar, PersianCalendar, parseDate, toCalendar } from '@internationalized/date';
import type { Locale } from '../../i18n/i18n.js';
import { hasPersianDigits, isJalali, type Style } from '../../i18n/intl-tag.js';
import { latinDigits } from '../../i18n/latin-digits.js';

const gregorian = new GregorianCalendar();
const jalali = new PersianCalendar();

/** Nobody means the Jalali year 2026, nor the Gregorian year 1405: the year alone says which calendar it is of. */
const firstGregorianYear = 1_700;
const firstYear = 1_000;

/** Marks of direction that come along when a day is copied from elsewhere. */
const unseen = /[\u200e\u200f\u2066-\u2069]/gu;

/** Month by name in either calendar and language: 'آبان' → the eighth of the Jalali year. */
const months: ReadonlyMap<string, { month: number; calendar: typeof gregorian | typeof jalali }> = new Map(
  (['en', 'fa'] as const).flatMap((language) =>
    [gregorian, jalali].flatMap((calendar) =>
      (['long', 'short'] as const).flatMap((length) => {
        const tag = `${language}-u-ca-${calendar.identifier}`;
        const name = new Intl.DateTimeFormat(tag, { month: length, timeZone: 'UTC' });
        return Array.from({ length: 12 }, (_, index) => {
          const day = new CalendarDate(calendar, calendar === jalali ? 1405 : 2026, index + 1, 10);
          return [plain(name.format(day.toDate('UTC'))), { month: index + 1, calendar }] as const;
        });
      }),
    ),
  ),
);

function plain(word: string): string {
  return word.replaceAll('ي', 'ی').replaceAll('ك', 'ک').replaceAll('.', '').toLowerCase();
}

/**
 * The day that somebody typed, as YYYY-MM-DD of the Gregorian calendar: '۱۴۰۵/۸/۳۰', '30 آبان 1405', '21/11/2026' and
 * '2026-11-21' are one day. Null when it is none, the 31st of a month of 30 days included.
 */
export function parseDay(text: string): string | null {
  const typed = latinDigits(text).replace(unseen, '').trim();
  return numbered(typed) ?? named(typed);
}

function numbered(typed: string): string | null {
  const found =
    /^(\d{4})[/\-. ]?(\d{1,2})[/\-. ]?(\d{1,2})$/u.exec(typed) ??
    /^(\d{1,2})[/\-. ](\d{1,2})[/\-. ](\d{4})$/u.exec(typed);
  if (!found) {
    return null;
  }
  const [first, month, last] = found.slice(1).map(Number) as [number, number, number];
  const [year, day] = found[1]!.length === 4 ? [first, last] : [last, first];
  return dayOf(year < firstGregorianYear ? jalali : gregorian, year, month, day);
}

function named(typed: string): string | null {
  const found = /^(\d{1,2})\s+(\p{L}[\p{L}\u200c.]*)\s+(\d{4})$/u.exec(typed);
  const known = found && months.get(plain(found[2]!));
  return known ? dayOf(known.calendar, Number(found[3]), known.month, Number(found[1])) : null;
}

function dayOf(calendar: typeof gregorian | typeof jalali, year: number, month: number, day: number): string | null {
  if (year < firstYear || month < 1 || day < 1) {
    return null;
  }
  // What is no day is moved to one that is, so it is compared.
  const date = new CalendarDate(calendar, year, month, day);
  return date.year === year && date.month === month && date.day === day ? toCalendar(date, gregorian).toString() : null;
}

/** A day as it stands in a field: in the reader's calendar and digits, in the order that their language writes. */
export function showDay(iso: string, locale: Locale, style: Style): string {
  const inJalali = isJalali(locale, style);
  const { year, month, day } = toCalendar(parseDate(iso), inJalali ? jalali : gregorian);
  const two = (number: number) => String(number).padStart(2, '0');
  const isYearFirst = inJalali || locale === 'fa';
  const text = isYearFirst ? `${String(year)}/${two(month)}/${two(day)}` : `${two(day)}/${two(month)}/${String(year)}`;
  return hasPersianDigits(locale, style) ? persianDigits(text) : text;
}

export function persianDigits(text: string): string {
  return text.replace(/\d/gu, (digit) => String.fromCodePoint(0x6f0 + Number(digit)));
}
