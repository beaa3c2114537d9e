import type { Locale } from './i18n.js';

const key = 'peyk.locale';

/** The language that the page was painted in; `public/before-paint.js` chose it from the same place. */
export function paintedLocale(): Locale {
  return document.documentElement.lang === 'fa' ? 'fa' : 'en';
}

export function rememberLocale(locale: Locale): void {
  try {
    localStorage.setItem(key, locale);
  } catch {
    // A browser that keeps nothing paints the next page in its own language.
  }
}
