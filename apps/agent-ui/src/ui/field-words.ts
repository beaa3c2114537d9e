import type { FieldValue, FieldWordsView, TicketFieldView } from '#contract';
import type { Formats } from '../i18n/formats.js';
import type { Locale } from '../i18n/i18n.js';

/** A name in the reader's language, else in the one in which it is there. */
export function wordsOf({ en, fa }: FieldWordsView, locale: Locale): string {
  return (locale === 'fa' ? (fa ?? en) : (en ?? fa)) ?? '';
}

interface Speaking {
  locale: Locale;
  format: Formats;
  yes: string;
  no: string;
}

/** What a field holds, as its reader reads it. What does not fit the field any more is shown as it is. */
export function shownValue(
  field: Pick<TicketFieldView, 'kind' | 'choices'> | undefined,
  value: FieldValue,
  { locale, format, yes, no }: Speaking,
): string {
  const choice = (one: string) => {
    const known = field?.choices.find((candidate) => candidate.value === one);
    return known ? wordsOf(known.name, locale) : one;
  };
  if (Array.isArray(value)) {
    return value.map(choice).join(locale === 'fa' ? '، ' : ', ');
  }
  if (typeof value === 'boolean') {
    return value ? yes : no;
  }
  if (typeof value === 'number') {
    return format.number(value);
  }
  return field?.kind === 'date' ? shownDay(value, format) : choice(value);
}

/** A day of a calendar is the same everywhere: it is read at noon here, whatever zone the reader is in. */
export function shownDay(day: string, format: Formats): string {
  return format.day(`${day}T12:00:00`);
}
