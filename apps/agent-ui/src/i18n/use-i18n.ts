import { useTranslation } from 'react-i18next';
import { usePreferences } from '../ui/preferences.js';
import { createFormats, type Formats } from './formats.js';
import type { Locale } from './i18n.js';
import type { Style } from './intl-tag.js';

const formats = new Map<string, Formats>();

function formatsOf(locale: Locale, style: Style): Formats {
  const key = `${locale} ${style.calendar} ${style.digits}`;
  const known = formats.get(key) ?? createFormats(locale, { style });
  formats.set(key, known);
  return known;
}

/** The reader's language: texts, and numbers and dates as they like them. */
export function useI18n() {
  const { t, i18n } = useTranslation();
  const calendar = usePreferences((preferences) => preferences.calendar);
  const digits = usePreferences((preferences) => preferences.digits);
  const locale = i18n.language as Locale;
  return { t, locale, format: formatsOf(locale, { calendar, digits }) };
}
