import type { Locale } from './i18n.js';
import { readersTag } from './intl-tag.js';

const units = [
  { unit: 'day', seconds: 86_400 },
  { unit: 'hour', seconds: 3_600 },
  { unit: 'minute', seconds: 60 },
  { unit: 'second', seconds: 1 },
] as const;

/** A length of time in its two largest units, as it is said in a sentence: "4 minutes, 10 seconds", «۴ دقیقه و ۱۰ ثانیه». */
export function spanOf(ms: number, locale: Locale): string {
  const whole = Math.max(0, Math.round(ms / 1_000));
  const largest = units.findIndex(({ seconds }) => whole >= seconds);
  const shown = largest === -1 ? units.slice(-1) : units.slice(largest, largest + 2);
  let left = whole;
  const said = shown.flatMap(({ unit, seconds }, index) => {
    const count = Math.floor(left / seconds);
    left -= count * seconds;
    // A span of nothing is still said; nothing beside something is not.
    return count > 0 || (index === 0 && shown.length === 1)
      ? [new Intl.NumberFormat(readersTag(locale), { style: 'unit', unit, unitDisplay: 'long' }).format(count)]
      : [];
  });
  return new Intl.ListFormat(locale, { type: locale === 'fa' ? 'conjunction' : 'unit' }).format(said);
}

/** The time of day to the second: what was decided within one minute has an order too. */
export function clockOf(at: string, locale: Locale): string {
  const parts = { hour: '2-digit', minute: '2-digit', second: '2-digit' } as const;
  return new Intl.DateTimeFormat(readersTag(locale), parts).format(new Date(at));
}
