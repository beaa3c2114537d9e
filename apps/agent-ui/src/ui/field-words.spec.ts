import { describe, expect, it } from '@jest/globals';
import { createFormats } from '../i18n/formats.js';
import { shownValue, wordsOf } from './field-words.js';

const persian = { locale: 'fa' as const, format: createFormats('fa'), yes: 'بله', no: 'خیر' };
const english = { locale: 'en' as const, format: createFormats('en'), yes: 'Yes', no: 'No' };
const choices = [
  { value: 'red', name: { en: 'Red', fa: 'سرخ' } },
  { value: 'blue', name: { en: 'Blue' } },
];

describe('what a field holds', () => {
  it('is read in the reader’s language, and in the other where there is no word', () => {
    expect(shownValue({ kind: 'choices', choices }, ['red', 'blue'], persian)).toBe('سرخ، Blue');
    expect(shownValue({ kind: 'choice', choices }, 'red', english)).toBe('Red');
    expect(wordsOf({ fa: 'رنگ' }, 'en')).toBe('رنگ');
  });

  it('is read with the reader’s digits and calendar', () => {
    expect(shownValue({ kind: 'number', choices: [] }, 1200.5, persian)).toBe('۱٬۲۰۰٫۵');
    expect(shownValue({ kind: 'date', choices: [] }, '2020-11-22', persian)).toBe('یکشنبه ۲ آذر ۱۳۹۹');
    expect(shownValue({ kind: 'date', choices: [] }, '2020-11-22', english)).toBe('Sunday 22 November 2020');
    expect(shownValue({ kind: 'checkbox', choices: [] }, false, persian)).toBe('خیر');
  });

  it('is shown as it is where its field is gone', () => {
    expect(shownValue(undefined, 'red', english)).toBe('red');
  });
});
