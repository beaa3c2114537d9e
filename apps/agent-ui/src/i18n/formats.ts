import type { Locale } from './i18n.js';
import { ownStyle, tagOf, type Style } from './intl-tag.js';

/** How this reader's numbers and dates are written. Instants come in as the API writes them. */
export interface Formats {
  number: (value: number) => string;
  /** A number that names something: no thousands separators. */
  digits: (value: number) => string;
  time: (at: string) => string;
  /** "Saturday 30 Aban", and the year when it is not this one. */
  day: (at: string, now?: Date) => string;
  dateTime: (at: string) => string;
  /** How long ago, in the largest whole unit and short: "4m", "۴ دقیقه". */
  ago: (at: string, now: number) => string;
  /** Seconds as m:ss or h:mm:ss. */
  duration: (seconds: number) => string;
  bytes: (count: number) => string;
}

const units = [
  { unit: 'day', seconds: 86_400 },
  { unit: 'hour', seconds: 3_600 },
  { unit: 'minute', seconds: 60 },
] as const;

const sizes = [
  { unit: 'megabyte', size: 1_000_000 },
  { unit: 'kilobyte', size: 1_000 },
  { unit: 'byte', size: 1 },
] as const;

interface Wish {
  timeZone?: string;
  style?: Style;
}

/** All of it through Intl: the Persian calendar, digits and words are the browser's own. */
export function createFormats(locale: Locale, { timeZone, style = ownStyle }: Wish = {}): Formats {
  const tag = tagOf(locale, style);
  const zone = timeZone ? { timeZone } : {};
  const clock = new Intl.DateTimeFormat(tag, { ...zone, hour: '2-digit', minute: '2-digit' });
  const weekday = new Intl.DateTimeFormat(tag, { ...zone, weekday: 'long' });
  const dayAndMonth = new Intl.DateTimeFormat(tag, { ...zone, day: 'numeric', month: 'long' });
  const wholeDate = new Intl.DateTimeFormat(tag, { ...zone, day: 'numeric', month: 'long', year: 'numeric' });
  const year = new Intl.DateTimeFormat(tag, { ...zone, year: 'numeric' });
  const plain = new Intl.NumberFormat(tag);
  // ICU shortens Persian units to Latin letters.
  const unitDisplay = locale === 'fa' ? 'long' : 'narrow';
  const ungrouped = new Intl.NumberFormat(tag, { useGrouping: false });
  const padded = new Intl.NumberFormat(tag, { minimumIntegerDigits: 2, useGrouping: false });

  const shortly = keptUnits(tag, unitDisplay);

  return {
    number: (value) => plain.format(value),
    digits: (value) => ungrouped.format(value),
    time: (at) => clock.format(new Date(at)),
    day: (at, now = new Date()) => {
      const date = new Date(at);
      // ICU puts the weekday last and a Latin comma before it in Persian, so the parts are joined here.
      const rest = year.format(date) === year.format(now) ? dayAndMonth : wholeDate;
      return `${weekday.format(date)} ${withoutEra(rest, date)}`;
    },
    dateTime: (at) => {
      const date = new Date(at);
      return `${withoutEra(wholeDate, date)}${locale === 'fa' ? '،' : ','} ${clock.format(date)}`;
    },
    ago: (at, now) => {
      const seconds = Math.max(0, (now - new Date(at).getTime()) / 1_000);
      const { unit, seconds: size } = units.find((candidate) => seconds >= candidate.seconds) ?? units[2];
      const count = Math.max(1, Math.floor(seconds / size));
      return shortly(unit).format(count);
    },
    duration: (seconds) => {
      const [hours, minutes, rest] = [
        Math.floor(seconds / 3_600),
        Math.floor(seconds / 60) % 60,
        Math.floor(seconds) % 60,
      ];
      const tail = padded.format(rest);
      return hours ? `${plain.format(hours)}:${padded.format(minutes)}:${tail}` : `${plain.format(minutes)}:${tail}`;
    },
    bytes: (count) => {
      const { unit, size } = sizes.find((candidate) => count >= candidate.size) ?? sizes[2];
      const value = count / size;
      const maximumFractionDigits = value < 10 && size > 1 ? 1 : 0;
      return new Intl.NumberFormat(tag, { style: 'unit', unit, unitDisplay, maximumFractionDigits }).format(value);
    },
  };
}

/** Making one costs a hundred times what using it does, and every line of a list says how long ago. */
function keptUnits(tag: string, unitDisplay: 'long' | 'narrow'): (unit: string) => Intl.NumberFormat {
  const known = new Map<string, Intl.NumberFormat>();
  return (unit) => {
    const format = known.get(unit) ?? new Intl.NumberFormat(tag, { style: 'unit', unit, unitDisplay });
    known.set(unit, format);
    return format;
  };
}

/** Of another calendar than the language's own Intl names the era as well ("1405 AP"), which nobody asks for. */
function withoutEra(format: Intl.DateTimeFormat, date: Date): string {
  const parts = format.formatToParts(date).filter(({ type }) => type !== 'era');
  return parts
    .map(({ value }) => value)
    .join('')
    .trim();
}
