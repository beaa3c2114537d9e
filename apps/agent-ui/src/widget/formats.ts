import type { Locale } from './locale.js';
import { wordsOf } from './words.js';

/** How times, days and numbers are written for a visitor. Instants come in as ISO 8601. */
export interface Formats {
  number: (value: number) => string;
  time: (at: string) => string;
  /** "Today", "Yesterday", else "Saturday 30 Aban", with the year when it is another one. */
  day: (at: string) => string;
  bytes: (count: number) => string;
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
    time: (at) => time.format(new Date(at)),
    day(at) {
      const date = new Date(at);
      const name = wholeDay.format(date);
      if (name === wholeDay.format(now())) {
        return words.today;
      }
      if (name === wholeDay.format(new Date(now().getTime() - dayMs))) {
        return words.yesterday;
      }
      // ICU puts the weekday last and a Latin comma before it in Persian, so the parts are joined here.
      return `${weekday.format(date)} ${year.format(date) === year.format(now()) ? monthDay.format(date) : name}`;
    },
    bytes(count) {
      const [value, unit] = count < 1_000_000 ? [count / 1_000, 'kilobyte'] : [count / 1_000_000, 'megabyte'];
      const maximumFractionDigits = value < 10 ? 1 : 0;
      // A Latin "kB" would stand on the wrong side of a Persian number.
      const unitDisplay = locale === 'fa' ? 'long' : 'short';
      return new Intl.NumberFormat(tag, { style: 'unit', unit, unitDisplay, maximumFractionDigits }).format(value);
    },
  };
}
