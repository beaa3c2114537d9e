import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { matchKey } from './match-key.js';

const spellings: Array<[key: string, written: string[]]> = [
  ['پیگیری', ['پیگیری', 'پيگيري', 'پیگيرى', 'پِیگیری', 'پیـــگیری', ' پیگیری! ', '«پیگیری»', 'پیگیری؟']],
  ['میخواهم', ['می‌خواهم', 'می خواهم', 'میخواهم', 'مي‌خواهم', 'مي خواهم', 'می\u200bخواهم', 'می\u00adخواهم']],
  ['کتابها', ['کتاب‌ها', 'کتاب ها', 'کتابها', 'كتاب‌ها', 'كتابها', 'کتاب‌هآ']],
  ['بزرگترین', ['بزرگ‌ترین', 'بزرگ ترین', 'بزرگترین', 'بزرگ‌ترين']],
  ['قران', ['قرآن', 'قرءان', 'قرأن', 'قران', 'قُرآن']],
  ['خانه من', ['خانهٔ من', 'خانۀ من', 'خانة من', 'خانه من']],
  ['مسیول', ['مسئول', 'مسیول', 'مسي\u0654ول', 'مسئـول']],
  ['کد 1403', ['کد ۱۴۰۳', 'کد ١٤٠٣', 'کد 1403', 'كد ۱۴۰۳', 'کد １４０３']],
  ['عید', ['عید', 'ﻋﯿﺪ', 'عيد']],
  ['cafe', ['Café', 'CAFE', 'cafe\u0301', 'ｃａｆｅ', '\u202ecafé\u202c']],
];

const alphabet = fc.constantFrom(
  ...Array.from('ایيىئکكهةۀآأإٱؤء می ها های تر ۰۱٢٣45 \u200c\u200d\u00ad\u0640\u064e\u0651\u0670Aéİß,.!؟ک🙂'),
);
const persian = fc.string({ unit: alphabet, maxLength: 60 });
const anything = fc.oneof(
  persian,
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
);

describe('matchKey', () => {
  it.each(spellings.flatMap(([key, written]) => written.map((one): [string, string] => [one, key])))(
    'reads %j as %j',
    (written, key) => {
      expect(matchKey(written)).toBe(key);
    },
  );

  it('keeps different words apart', () => {
    const words = ['بله', 'بلا', 'خیر', 'خبر', 'کتاب', 'کباب', 'no', 'on', '1', '11'];
    expect(new Set(words.map(matchKey)).size).toBe(words.length);
  });

  it('is empty for what holds no letter or digit', () => {
    expect(['', '   ', '؟!', '👍🏽', '\u200c', 'ـــ'].map(matchKey)).toEqual(['', '', '', '', '', '']);
  });

  it('leaves scripts that need their marks readable', () => {
    expect(matchKey('हिन्दी')).toBe(matchKey('हिन्दी'.normalize('NFD')));
    expect(matchKey('हिन्दी')).not.toBe(matchKey('हन्द'));
    expect(matchKey('한국어')).toBe('한국어');
  });

  it('is its own key', () => {
    fc.assert(
      fc.property(anything, (text) => matchKey(matchKey(text)) === matchKey(text)),
      { numRuns: 3000 },
    );
  });

  it('reads every digit script alike', () => {
    const inScript = (digits: string, zero: number) =>
      digits.replace(/\d/g, (digit) => String.fromCodePoint(zero + Number(digit)));
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9 ]{1,20}$/), (digits) => {
        const keys = [0x660, 0x6f0, 0xff10].map((zero) => matchKey(inScript(digits, zero)));
        return keys.every((key) => key === matchKey(digits));
      }),
    );
  });

  it('never yields anything but letters, digits, marks and single spaces', () => {
    fc.assert(
      fc.property(anything, (text) => /^(?:[\p{L}\p{N}\p{M}]+(?: [\p{L}\p{N}\p{M}]+)*)?$/u.test(matchKey(text))),
      { numRuns: 3000 },
    );
  });

  it.each([
    ['letters', 'ی'],
    ['spaces', ' '],
    ['affixes', 'می '],
    ['joiners', '\u200c'],
    ['marks', '\u064e'],
    ['signs', '!؟'],
  ])('gets through a million letters of %s', (_, unit) => {
    const text = unit.repeat(1_000_000 / unit.length);
    const from = performance.now();
    matchKey(text);
    // Work that grows with the square of the length would take hours here.
    expect(performance.now() - from).toBeLessThan(30_000);
  });
});
