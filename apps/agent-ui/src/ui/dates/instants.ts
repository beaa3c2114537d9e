import {
  parseAbsolute,
  parseDate,
  parseTime as parseClock,
  toCalendarDateTime,
  toZoned,
} from '@internationalized/date';
import { latinDigits } from '../../i18n/latin-digits.js';

/** A day and a time of day, as a clock on the wall of some zone shows them: 'YYYY-MM-DD' and 'HH:MM'. */
export interface WallTime {
  day: string;
  time: string;
}

/** What a clock in this zone shows at an instant. Seconds are dropped. */
export function wallTimeOf(instant: string, timeZone: string): WallTime {
  const text = parseAbsolute(instant, timeZone).toString();
  return { day: text.slice(0, 10), time: text.slice(11, 16) };
}

/**
 * The instant of a wall time, ISO 8601 in UTC. An hour that does not exist because clocks go forward is the one after it;
 * of an hour that comes twice it is the first.
 */
export function instantOf({ day, time }: WallTime, timeZone: string): string {
  return toZoned(toCalendarDateTime(parseDate(day), parseClock(time)), timeZone, 'compatible').toAbsoluteString();
}

/** The time of day that somebody typed, as HH:MM: '9', '۹:۳۰', '0930' and '9.30' are understood. Null when it is none. */
export function parseTime(text: string): string | null {
  const typed = latinDigits(text).trim();
  const found = /^(\d{1,2})(?:[:.٫](\d{2}))?$/u.exec(typed) ?? /^(\d{1,2})(\d{2})$/u.exec(typed);
  const [hours, minutes] = [Number(found?.[1] ?? 24), Number(found?.[2] ?? 0)];
  return hours < 24 && minutes < 60 ? `${two(hours)}:${two(minutes)}` : null;
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}

export function localZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
