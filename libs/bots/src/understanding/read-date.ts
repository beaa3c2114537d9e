import { isValidJalaaliDate, toGregorian, toJalaali } from 'jalaali-js';
import { DateTime } from 'luxon';
import { matchKey } from '#channels';
import { foldDigits } from './fold-digits.js';

/** The day on which somebody says it: what `today`, `tomorrow` and a day without a year are counted from. */
export interface DateWorld {
  now: number;
  zone: string;
  /** Which calendar is meant where a day could be of both. */
  calendar: 'jalali' | 'gregorian';
}

const keysOf = (lists: readonly string[]): Map<string, number> =>
  new Map(lists.flatMap((list, index) => list.split(' ').map((word) => [matchKey(word), index + 1] as const)));

const jalaliMonths = keysOf([
  'فروردین farvardin',
  'اردیبهشت ordibehesht',
  'خرداد khordad',
  'تیر tir',
  'مرداد امرداد mordad',
  'شهریور shahrivar',
  'مهر mehr',
  'آبان aban',
  'آذر azar',
  'دی dey',
  'بهمن bahman',
  'اسفند esfand',
]);
const gregorianMonths = keysOf([
  'january jan ژانویه',
  'february feb فوریه',
  'march mar مارس',
  'april apr آوریل آپریل',
  'may می مه',
  'june jun ژوئن',
  'july jul ژوئیه جولای',
  'august aug اوت آگوست',
  'september sep sept سپتامبر',
  'october oct اکتبر',
  'november nov نوامبر',
  'december dec دسامبر',
]);
/** Days from today. */
const relative = new Map(
  Object.entries({
    امروز: 0,
    today: 0,
    فردا: 1,
    tomorrow: 1,
    پسفردا: 2,
    'پس فردا': 2,
    'day after tomorrow': 2,
    دیروز: -1,
    yesterday: -1,
    پریروز: -2,
    'day before yesterday': -2,
  }).map(([words, days]) => [matchKey(words), days]),
);
/** Of the week, Monday is 1. */
const weekdays = keysOf([
  'monday mon دوشنبه',
  'tuesday tue سهشنبه',
  'wednesday wed چهارشنبه',
  'thursday thu پنجشنبه پنجشنبه',
  'friday fri جمعه',
  'saturday sat شنبه',
  'sunday sun یکشنبه',
]);

/** A day as people write it, as `YYYY-MM-DD`; null for what is none. Days of a week are those to come. */
export function readDate(text: string, world: DateWorld): string | null {
  const plain = foldDigits(text).replaceAll(/(\d)\s?(?:st|nd|rd|th|ام|م)(?!\p{L})/giu, '$1');
  const today = DateTime.fromMillis(world.now, { zone: world.zone }).startOf('day');
  return byWords(plain, today) ?? byNumbers(plain, today, world) ?? byMonth(plain, today);
}

function byWords(plain: string, today: DateTime): string | null {
  const key = matchKey(plain).replace(/^the /u, '');
  const days = relative.get(key);
  if (days !== undefined) {
    return today.plus({ days }).toISODate();
  }
  const joined = key.replaceAll(/^(?:next|on|this|روز)\s+|\s+(?:آینده|اینده)$/gu, '').replaceAll(' ', '');
  const weekday = weekdays.get(joined);
  return weekday === undefined ? null : today.plus({ days: ((weekday - today.weekday + 6) % 7) + 1 }).toISODate();
}

function byNumbers(plain: string, today: DateTime, { calendar }: DateWorld): string | null {
  const found = /^(\d{1,4})\s*[/\-.\s]\s*(\d{1,2})(?:\s*[/\-.\s]\s*(\d{1,4}))?$/u.exec(plain);
  if (!found) {
    return compact(plain);
  }
  const [, a = '', b = '', c = ''] = found;
  if (c !== '') {
    return ofThree([a, b, c], calendar);
  }
  return a.length > 2 ? null : ofTwo([Number(a), Number(b)], calendar, today);
}

/** Without a year its parts stand as they would with one: Persian dates begin with the month, the others with the day. */
function ofTwo([one, other]: [number, number], calendar: DateWorld['calendar'], today: DateTime): string | null {
  const monthFirst = { month: one, day: other };
  return calendar === 'jalali'
    ? withoutYear(calendar, monthFirst, today)
    : (withoutYear(calendar, { month: other, day: one }, today) ?? withoutYear(calendar, monthFirst, today));
}

/** The year is what has four digits; of two digits it stands first in the Persian calendar and last in the other. */
function ofThree(written: [string, string, string], calendar: DateWorld['calendar']): string | null {
  const [a, b, c] = written.map(Number) as [number, number, number];
  if (written[0].length > 2) {
    return whole({ year: a, month: b, day: c });
  }
  if (written[2].length > 2) {
    return whole({ year: c, month: b, day: a }) ?? whole({ year: c, month: a, day: b });
  }
  return calendar === 'jalali'
    ? whole({ year: century(a), month: b, day: c })
    : whole({ year: lateCentury(c), month: b, day: a });
}

/** `۰۳/۰۹/۰۵`: years of two digits are those of our days. */
const century = (year: number): number => (year < 30 ? 1400 : 1300) + year;

/** `05/12/85` is a birthday, `05/12/26` a day of ours. */
const lateCentury = (year: number): number => (year < 50 ? 2000 : 1900) + year;

/** `14030905`, `20241125`. */
function compact(plain: string): string | null {
  const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})$/.exec(plain) ?? [];
  return year === undefined ? null : whole({ year: Number(year), month: Number(month), day: Number(day) });
}

interface Day {
  year: number;
  month: number;
  day: number;
}

/** The year says the calendar: nobody alive means another 1403 or 2024. */
function whole({ year, month, day }: Day): string | null {
  if (year >= 1200 && year < 1600) {
    return fromJalali({ year, month, day });
  }
  const date = DateTime.utc(year, month, day);
  return year >= 1800 && year < 2200 && date.isValid ? date.toISODate() : null;
}

function fromJalali({ year, month, day }: Day): string | null {
  if (!isValidJalaaliDate(year, month, day)) {
    return null;
  }
  const { gy, gm, gd } = toGregorian(year, month, day);
  return DateTime.utc(gy, gm, gd).toISODate();
}

/** The day of this year, or of the next one once it is half a year past. */
function withoutYear(
  calendar: DateWorld['calendar'],
  { month, day }: Omit<Day, 'year'>,
  today: DateTime,
): string | null {
  const thisYear = calendar === 'jalali' ? toJalaali(today.year, today.month, today.day).jy : today.year;
  const near = [thisYear, thisYear + 1, thisYear - 1]
    .map((year) => whole({ year, month, day }))
    .filter((date) => date !== null)
    .map((date) => ({ date, away: DateTime.fromISO(date, { zone: today.zone }).diff(today, 'days').days }));
  return near.find(({ away }) => Math.abs(away) <= 183)?.date ?? near[0]?.date ?? null;
}

/** `۵ آذر ۱۴۰۳`, `5 Azar`, `25 November 2024`, `Nov 25, 2024`. */
function byMonth(plain: string, today: DateTime): string | null {
  const words = matchKey(plain)
    .split(' ')
    .filter((word) => word !== '' && !fillers.has(word));
  const numbers = words.filter((word) => /^\d{1,4}$/.test(word)).map(Number);
  const names = words.filter((word) => !/^\d/.test(word));
  const named = names.length === 1 && numbers.length <= 2 ? monthOf(names[0] ?? '') : null;
  return named && ofMonth(named, numbers, today);
}

interface Month {
  month: number;
  calendar: DateWorld['calendar'];
}

function monthOf(name: string): Month | null {
  const jalali = jalaliMonths.get(name);
  const month = jalali ?? gregorianMonths.get(name);
  return month === undefined ? null : { month, calendar: jalali === undefined ? 'gregorian' : 'jalali' };
}

function ofMonth({ month, calendar }: Month, [one, other]: readonly number[], today: DateTime): string | null {
  if (one === undefined) {
    return null;
  }
  const [day, year] = other !== undefined && one > 31 ? [other, one] : [one, other];
  if (year === undefined) {
    return withoutYear(calendar, { month, day }, today);
  }
  const late = calendar === 'jalali' ? century(year) : lateCentury(year);
  return whole({ year: year < 100 ? late : year, month, day });
}

const fillers = new Set(['of', 'ماه', 'سال', 'روز', 'the', 'on'].map(matchKey));
