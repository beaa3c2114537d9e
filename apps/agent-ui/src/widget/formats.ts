import type { Locale } from './locale.js';
import { wordsOf } from './words.js';

/** How times, days and numbers are written for a visitor. Instants come in as ISO 8601. */
export interface Formats {
  number: (value: number) => string;
  time: (at: string) => string;
  /** "Today", "Yesterday", else "Saturday 30 Aban", with the year when it is another one. */
  day: (at: string) => string;
  bytes: (count: number) => string;
  /** A share from 0 to 1. */
  percent: (share: number) => string;
}

const tags: Record<Locale, string> = { en: 'en-GB', fa: 'fa-IR-u-ca-persian-nu-arabext' };
const dayMs = 86_400_000;

/** All of it through Intl: the Persian calendar and digits are the browser's own. */
export function createFormats(locale: Locale, now: () => Date = () => new Date(), timeZone?: string): Formats {
  const tag = tags[locale];
  const zone = timeZone ? { timeZone } : {};
  const words = wordsOf(locale);
  const time = new Intl.DateTimeFormat(tag, { ...zone, hour: '2-digit', minute: '2-digit' });
  const weekday = new Intl.DateTimeFormat(tag, { ...zone, weekday: 'long' });
  const monthDay = new Intl.DateTimeFormat(tag, { ...zone, day: 'numeric', month: 'long' });
  const wholeDay = new Intl.DateTimeFormat(tag, { ...zone, day: 'numeric', month: 'long', year: 'numeric' });
  const year = new Intl.DateTimeFormat(tag, { ...zone, year: 'numeric' });

  return {
    number: (value) => new Intl.NumberFormat(tag).format(value),
    percent: (share) => new Intl.NumberFormat(tag, { style: 'percent' }).format(share),
    time: (at) => time.format(new Date(at)),
    day(at) {
      const date = new Date(at);
      const name = wholeDay.format(date);
      if (name === wholeDay.format(now())) {
        return words.today;
      }
      const near = [-1, 1].find((days) => name === wholeDay.format(new Date(now().getTime() + days * dayMs)));
      if (near) {
        return near < 0 ? words.yesterday : words.tomorrow;
      }
      // ICU puts the weekday last and a Latin comma before it in Persian, so the parts are joined here.
      return `${weekday.format(date)} ${year.format(date) === year.format(now()) ? monthDay.format(date) : name}`;
    },
    bytes(count) {
      const units: [number, string][] = [
        [1, 'byte'],
        [1_000, 'kilobyte'],
        [1_000_000, 'megabyte'],
      ];
      const [size, unit] = units.findLast(([least]) => count >= least) ?? [1, 'byte'];
      const value = count / size;
      const maximumFractionDigits = value < 10 ? 1 : 0;
      // A Latin "kB" would stand on the wrong side of a Persian number.
      const unitDisplay = locale === 'fa' ? 'long' : 'short';
      return new Intl.NumberFormat(tag, { style: 'unit', unit, unitDisplay, maximumFractionDigits }).format(value);
    },
  };
}
