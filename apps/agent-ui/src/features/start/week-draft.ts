import type { CalendarView } from '#contract';

/** One opening, the same on each of its days: weekdays from Monday 1, minutes after midnight. */
export interface WeekDraft {
  days: number[];
  from: number;
  to: number;
}

const satToWed = [6, 7, 1, 2, 3];
const satToThu = [6, 7, 1, 2, 3, 4];
const sunToThu = [7, 1, 2, 3, 4];
const monToFri = [1, 2, 3, 4, 5];

/** Where the week is another than from Monday to Friday, by time zone. */
const weeks: Record<string, number[]> = {
  'Asia/Tehran': satToWed,
  'Asia/Kabul': satToThu,
  'Asia/Riyadh': sunToThu,
  'Asia/Kuwait': sunToThu,
  'Asia/Qatar': sunToThu,
  'Asia/Baghdad': sunToThu,
  'Africa/Cairo': sunToThu,
  'Asia/Jerusalem': sunToThu,
};

/** Countries whose public holidays are known, by the time zones in which nearly everybody means them. */
const countries: Record<string, string> = {
  'Asia/Tehran': 'IR',
  'Europe/Istanbul': 'TR',
  'Asia/Dubai': 'AE',
  'Asia/Baku': 'AZ',
  'Asia/Yerevan': 'AM',
  'Europe/Berlin': 'DE',
  'Europe/London': 'GB',
  'Europe/Paris': 'FR',
  'Europe/Madrid': 'ES',
  'Europe/Rome': 'IT',
  'Europe/Amsterdam': 'NL',
  'Europe/Vienna': 'AT',
  'Europe/Stockholm': 'SE',
  'America/New_York': 'US',
  'America/Chicago': 'US',
  'America/Los_Angeles': 'US',
  'America/Toronto': 'CA',
  'Australia/Sydney': 'AU',
};

/** The working week that is usual in a time zone: a first guess. */
export function guessWeek(timeZone: string): WeekDraft {
  return { days: weeks[timeZone] ?? monToFri, from: 540, to: 1020 };
}

/** ISO 3166 code, or null where nobody should guess. */
export function countryOf(timeZone: string): string | null {
  return countries[timeZone] ?? null;
}

/** The hours of a calendar as the short form shows them; null where they are more than it can say. */
export function weekDraftOf({ windows }: Pick<CalendarView, 'windows'>): WeekDraft | null {
  const [first] = windows;
  if (!first || windows.some((one) => one.since !== null || one.until !== null)) {
    return null;
  }
  const days = windows.map(({ weekday }) => weekday);
  const isEven = windows.every(({ from, to }) => from === first.from && to === first.to);
  return isEven && new Set(days).size === days.length ? { days, from: first.from, to: first.to } : null;
}
