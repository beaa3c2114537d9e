import type { FilterImplOptions } from 'liquidjs';
import type { Locale } from '../script/terms.js';

/** In whose words, at what time and in what money a template is written. */
export interface TemplateWorld {
  locale: Locale;
  /** Milliseconds since 1970. */
  now: number;
  /** IANA name of the time zone in which dates are told. */
  zone: string;
  /** Of amounts of money; IRT where nothing is said. */
  currency?: string;
}

/** What a filter is called on: LiquidJS gives it the globals of the rendering. */
interface Rendering {
  context: { globals: { world: TemplateWorld } };
}

type Filter = (this: Rendering, value: unknown, ...args: unknown[]) => unknown;

/** The filters that a text may use. None of them throws: what it has no use for passes as it is, since a customer waits for the text. */
export const filters: Record<string, FilterImplOptions> = Object.fromEntries(
  Object.entries<Filter>({
    jalali(value, form) {
      return toDate(value, this, (date, zone) => writeJalali(date, zone, form, world(this).locale));
    },
    date(value, form) {
      return toDate(value, this, (date, zone) => writeDate(date, zone, form, dateTags[world(this).locale]));
    },
    gregorian(value, form) {
      return toDate(value, this, (date, zone) => writeDate(date, zone, form, gregorianTags[world(this).locale]));
    },
    money(value, currency) {
      const amount = toNumber(value);
      const { locale, currency: own = 'IRT' } = world(this);
      return amount === null ? value : writeMoney(amount, typeof currency === 'string' ? currency : own, locale);
    },
    number(value) {
      const figure = toNumber(value);
      return figure === null ? value : new Intl.NumberFormat(world(this).locale).format(figure);
    },
    fa_digits: (value) => toText(value).replace(/\d/gu, (digit) => String.fromCodePoint(0x06f0 + Number(digit))),
    mask: (value, kept = 4) => maskText(toText(value), Number(kept)),
    spaced: (value) => Array.from(toText(value).replace(/\s/gu, '')).join(' '),
    upcase: (value) => toText(value).toUpperCase(),
    downcase: (value) => toText(value).toLowerCase(),
    strip: (value) => toText(value).trim(),
    truncate: (value, most = 50) => truncateText(toText(value), Number(most)),
    default: otherwise,
    fallback: otherwise,
  }),
) as unknown as Record<string, FilterImplOptions>;

function otherwise(value: unknown, instead: unknown = ''): unknown {
  return value === undefined || value === null || value === '' ? instead : value;
}

const world = (rendering: Rendering): TemplateWorld => rendering.context.globals.world;

function toText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function toNumber(value: unknown): number | null {
  const figure = typeof value === 'number' ? value : typeof value === 'string' && value !== '' ? Number(value) : NaN;
  return Number.isFinite(figure) ? figure : null;
}

const dayOnly = /^\d{4}-\d{2}-\d{2}$/;

/** A day without an hour is the same day in every zone. */
function toDate(value: unknown, rendering: Rendering, write: (date: Date, zone: string) => string): unknown {
  const { now, zone } = world(rendering);
  const written = value === 'now' ? now : value;
  const date = typeof written === 'string' || typeof written === 'number' ? new Date(written) : null;
  if (!date || Number.isNaN(date.getTime())) {
    return value;
  }
  return write(date, typeof written === 'string' && dayOnly.test(written) ? 'UTC' : zone);
}

const dateForms: Record<string, Intl.DateTimeFormatOptions> = {
  short: { year: 'numeric', month: '2-digit', day: '2-digit' },
  long: { year: 'numeric', month: 'long', day: 'numeric' },
  full: { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' },
  time: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
};

function formOf(form: unknown): Intl.DateTimeFormatOptions {
  return (
    (typeof form === 'string' && Object.hasOwn(dateForms, form) ? dateForms[form] : undefined) ??
    dateForms['long'] ??
    {}
  );
}

/** A Persian reader gets the Persian calendar, as in canned replies. */
const dateTags: Record<Locale, string> = { en: 'en-GB', fa: 'fa-IR' };
const gregorianTags: Record<Locale, string> = { en: 'en-GB', fa: 'fa-IR-u-ca-gregory' };

function writeDate(date: Date, timeZone: string, form: unknown, tag: string): string {
  return new Intl.DateTimeFormat(tag, { ...formOf(form), timeZone }).format(date);
}

/** Persian readers get the usual order of words; English ones the month by its name in Latin letters, without the era. */
function writeJalali(date: Date, timeZone: string, form: unknown, locale: Locale): string {
  const tag = locale === 'fa' ? 'fa-IR-u-ca-persian' : 'en-GB-u-ca-persian';
  const parts = new Intl.DateTimeFormat(tag, { ...formOf(form), timeZone }).formatToParts(date);
  return parts
    .filter(({ type }) => type !== 'era')
    .map(({ value }) => value)
    .join('')
    .replace(/[\s,]+$/u, '');
}

const tomans: Record<string, Record<Locale, string>> = {
  IRT: { en: 'tomans', fa: 'تومان' },
  IRR: { en: 'rials', fa: 'ریال' },
};

function writeMoney(amount: number, currency: string, locale: Locale): string {
  const unit = Object.hasOwn(tomans, currency) ? tomans[currency] : undefined;
  if (unit) {
    return `${new Intl.NumberFormat(locale, { maximumFractionDigits: 0 }).format(amount)} ${unit[locale]}`;
  }
  return /^[A-Z]{3}$/.test(currency)
    ? new Intl.NumberFormat(locale, { style: 'currency', currency }).format(amount)
    : new Intl.NumberFormat(locale).format(amount);
}

/** Shows the last letters and hides the others; what is hardly longer than what would be shown is hidden whole. */
function maskText(text: string, kept: number): string {
  const letters = Array.from(text);
  const shown = Number.isInteger(kept) && kept >= 0 && letters.length >= kept * 2 ? kept : 0;
  return '•'.repeat(Math.min(letters.length - shown, 12)) + letters.slice(letters.length - shown).join('');
}

function truncateText(text: string, most: number): string {
  const letters = Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment);
  const room = Number.isInteger(most) && most > 0 ? most : 50;
  return letters.length > room ? `${letters.slice(0, room - 1).join('')}…` : letters.join('');
}
