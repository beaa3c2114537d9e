import { useTranslation } from 'react-i18next';
import { createFormats, type Formats } from './formats.js';
import type { Locale } from './i18n.js';

const formats = new Map<string, Formats>();

function formatsOf(locale: Locale): Formats {
  const known = formats.get(locale) ?? createFormats(locale);
  formats.set(locale, known);
  return known;
}

/** The reader's language: texts, and numbers and dates that go with them. */
export function useI18n() {
  const { t, i18n } = useTranslation();
  const locale = i18n.language as Locale;
  return { t, locale, format: formatsOf(locale) };
}
