export type Locale = 'en' | 'fa';

/** The first wish that names a language the widget speaks; English when none does. Wishes are BCP 47 tags. */
export function chooseLocale(wishes: readonly (string | null | undefined)[]): Locale {
  for (const wish of wishes) {
    const language = wish?.slice(0, 2).toLowerCase();
    if (language === 'en' || language === 'fa') {
      return language;
    }
  }
  return 'en';
}

export function directionOf(locale: Locale): 'ltr' | 'rtl' {
  return locale === 'fa' ? 'rtl' : 'ltr';
}
