import { useDirection } from '@mantine/core';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { directionOf, speak, type Locale } from './i18n.js';
import { rememberLocale } from './stored-locale.js';

/** Changes the language of the whole page: texts, digits, calendar and direction together. */
export function useChangeLocale(): (locale: Locale) => Promise<void> {
  const { i18n } = useTranslation();
  const { setDirection } = useDirection();
  return useCallback(
    async (locale) => {
      await speak(i18n, locale);
      if (i18n.language !== locale) {
        return;
      }
      rememberLocale(locale);
      document.documentElement.lang = locale;
      setDirection(directionOf(locale));
    },
    [i18n, setDirection],
  );
}
