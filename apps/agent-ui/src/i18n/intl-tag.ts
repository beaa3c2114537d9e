import type { Preferences } from '#contract';
import { usePreferences } from '../ui/preferences.js';
import type { Locale } from './i18n.js';

/** Which calendar and digits a reader wants; auto: those of the language. */
export type Style = Pick<Preferences, 'calendar' | 'digits'>;

export const ownStyle: Style = { calendar: 'auto', digits: 'auto' };

const places: Record<Locale, string> = { en: 'en-GB', fa: 'fa-IR' };

export function isJalali(locale: Locale, { calendar }: Style): boolean {
  return calendar === 'auto' ? locale === 'fa' : calendar === 'jalali';
}

export function hasPersianDigits(locale: Locale, { digits }: Style): boolean {
  return digits === 'auto' ? locale === 'fa' : digits === 'persian';
}

/** What Intl is to be asked in: language, calendar and digits. */
export function tagOf(locale: Locale, style: Style): string {
  const calendar = isJalali(locale, style) ? 'persian' : 'gregory';
  return `${places[locale]}-u-ca-${calendar}-nu-${hasPersianDigits(locale, style) ? 'arabext' : 'latn'}`;
}

/** The same as this reader likes it now. What shows it uses `useI18n` as well, which follows a change. */
export function readersTag(locale: Locale): string {
  return tagOf(locale, usePreferences.getState());
}
