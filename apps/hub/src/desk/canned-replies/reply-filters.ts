import type { FilterImplOptions } from 'liquidjs';
import type { Reader } from './reply-reader.js';

/** What a filter is called on: LiquidJS gives it the globals of the rendering, among which is whom it is for. */
interface Rendering {
  context: { globals: { reader: Reader } };
}

/** How a day or an hour is told. A Persian reader gets the Persian calendar. */
const dateForms: Record<string, Intl.DateTimeFormatOptions> = {
  short: { dateStyle: 'short' },
  long: { dateStyle: 'long' },
  full: { dateStyle: 'full' },
  time: { timeStyle: 'short' },
  both: { dateStyle: 'long', timeStyle: 'short' },
};

type Filter = (this: Rendering, value: unknown, ...args: unknown[]) => unknown;

/**
 * The filters that a text may use. A variable that nothing stands for goes through all of them as it is, so that its marker shows,
 * except through `fallback`.
 *
 * @throws Error 'unfit: …' where a filter is given what it has no use for.
 */
export function writeFilters(isMissing: (value: unknown) => boolean): Record<string, FilterImplOptions> {
  const filters: Record<string, Filter> = {
    date(value, form = 'long') {
      const options = dateForms[String(form)];
      if (!options) {
        throw new Error(`unfit: ${String(form)}`);
      }
      const { locale, timeZone } = this.context.globals.reader;
      return new Intl.DateTimeFormat(locale, { ...options, timeZone }).format(toDate(value));
    },
    number(value) {
      const figure = Number(value);
      if (Number.isNaN(figure)) {
        throw new Error(`unfit: ${String(value)}`);
      }
      return new Intl.NumberFormat(this.context.globals.reader.locale).format(figure);
    },
    upcase: (value) => words(value).toUpperCase(),
    downcase: (value) => words(value).toLowerCase(),
    capitalize: (value) => words(value).charAt(0).toUpperCase() + words(value).slice(1),
    strip: (value) => words(value).trim(),
    truncate(value, length = 50) {
      const letters = Array.from(new Intl.Segmenter().segment(words(value)), ({ segment }) => segment);
      const most = Math.max(1, Number(length) || 50);
      return letters.length > most ? `${letters.slice(0, most - 1).join('')}…` : letters.join('');
    },
    append: (value, more) => words(value) + words(more),
    prepend: (value, more) => words(more) + words(value),
  };
  const careful = Object.entries(filters).map(([name, filter]) => [
    name,
    function pass(this: Rendering, value: unknown, ...args: unknown[]): unknown {
      return isMissing(value) ? value : filter.call(this, value, ...args);
    },
  ]);
  const fallback = (value: unknown, instead: unknown = ''): unknown => (isMissing(value) ? instead : value);
  return { ...(Object.fromEntries(careful) as Record<string, FilterImplOptions>), fallback, default: fallback };
}

function words(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function toDate(value: unknown): Date {
  const date = value instanceof Date ? value : new Date(words(value));
  if (Number.isNaN(date.getTime())) {
    throw new Error(`unfit: ${words(value)}`);
  }
  return date;
}
