import { expect, it } from '@jest/globals';
import { matchesWords } from './fold-words.js';

it.each([
  ['رضا کریمی', 'كريم', true],
  ['می‌خواهد بازگشت', 'مي خواهد', true],
  ['Élodie Martin', 'elo mar', true],
  ['پیگیری ۲', '2', true],
  ['مُهِم', 'مهم', true],
  ['Billing', 'sales', false],
  ['anything', '', true],
])('%s is found by %s: %s', (text, typed, found) => {
  expect(matchesWords(text, typed)).toBe(found);
});
