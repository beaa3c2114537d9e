import { isValidJalaaliDate, toGregorian, toJalaali } from 'jalaali-js';
import { latinDigits } from '../../i18n/latin-digits.js';
import type { Locale } from '../../i18n/i18n.js';

const dayAndTime = /^(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})[\s,،]+(\d{1,2}):(\d{2})$/u;
const timeOnly = /^(\d{1,2}):(\d{2})$/u;

/**
 * When a call began, as somebody types it: a day of either calendar with a time, or a time of today, on the reader's own clock; digits of
 * any script. Null for what is none.
 */
export function readWhen(text: string, now: Date): Date | null {
  const plain = latinDigits(text)
    .replace(/\p{Cf}/gu, '')
    .trim();
  const time = timeOnly.exec(plain);
  if (time) {
    return at([now.getFullYear(), now.getMonth() + 1, now.getDate()], [Number(time[1]), Number(time[2])]);
  }
  const found = dayAndTime.exec(plain);
  const day = found && dayOf(Number(found[1]), Number(found[2]), Number(found[3]));
  return day ? at(day, [Number(found[4]), Number(found[5])]) : null;
}

type Day = [year: number, month: number, day: number];

/** Nobody logs calls of the seventeenth century: an early year is one of the Persian calendar. */
function dayOf(year: number, month: number, day: number): Day | null {
  if (year >= 1700) {
    return [year, month, day];
  }
  if (!isValidJalaaliDate(year, month, day)) {
    return null;
  }
  const { gy, gm, gd } = toGregorian(year, month, day);
  return [gy, gm, gd];
}

function at([year, month, day]: Day, [hour, minute]: [number, number]): Date | null {
  const date = new Date(year, month - 1, day, hour, minute);
  const isReal = date.getMonth() === month - 1 && date.getDate() === day && hour < 24 && minute < 60;
  return isReal ? date : null;
}

/** An instant as the field shows it, so that `readWhen` understands it: by the minute, in the reader's calendar and digits. */
export function writeWhen(date: Date, locale: Locale): string {
  const time = `${two(date.getHours())}:${two(date.getMinutes())}`;
  if (locale === 'en') {
    return `${String(date.getFullYear())}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${time}`;
  }
  const { jy, jm, jd } = toJalaali(date.getFullYear(), date.getMonth() + 1, date.getDate());
  return `${String(jy)}/${String(jm)}/${String(jd)} ${time}`.replace(
    /\d/gu,
    (digit) => '۰۱۲۳۴۵۶۷۸۹'[Number(digit)] ?? digit,
  );
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
