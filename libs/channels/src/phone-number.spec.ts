import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { normalisePhone } from './phone-number.js';

const spellings = [
  '+989121234567',
  '09121234567',
  '9121234567',
  '989121234567',
  '00989121234567',
  '+98 912 123 4567',
  '+98-912-123-4567',
  '+98 (0)912 123 4567',
  '+98 (912) 123 4567',
  '0912 123 45 67',
  '0912-123-4567',
  '(0912) 123 4567',
  '0912.123.4567',
  '۰۹۱۲۱۲۳۴۵۶۷',
  '٠٩١٢١٢٣٤٥٦٧',
  '+۹۸۹۱۲۱۲۳۴۵۶۷',
  '۰۹۱۲ ۱۲۳ ۴۵۶۷',
  '\u200e+989121234567\u200f',
  '+98\u200e912\u200f1234567',
  '\u202a0912\u202c1234567',
  '۰۹۱۲\u200c۱۲۳۴۵۶۷',
  '＋９８９１２１２３４５６７',
  'tel:+989121234567',
  'whatsapp:+989121234567',
  '  09121234567\u00a0',
];

describe('normalisePhone', () => {
  it.each(spellings)('reads %j as the same phone', (raw) => {
    expect(normalisePhone(raw, 'IR')).toEqual({ kind: 'phone', e164: '+989121234567' });
  });

  it.each([
    ['30001234', { kind: 'short', as: '30001234' }],
    ['1000 8642', { kind: 'short', as: '10008642' }],
    ['۳۰۰۰۷۵۴۶', { kind: 'short', as: '30007546' }],
    ['KAVENEGAR', { kind: 'alphanumeric', as: 'KAVENEGAR' }],
    ['Bank-Melli', { kind: 'alphanumeric', as: 'Bank-Melli' }],
  ])('keeps the sender %j apart from phones', (raw, expected) => {
    expect(normalisePhone(raw, 'IR')).toEqual(expected);
  });

  it.each(['', '   ', '+', '+98912', '0912123', '+1 000 000 0000', '*123#', '<script>', '9'.repeat(80), 'a@b.c'])(
    'finds no number in %j',
    (raw) => {
      expect(normalisePhone(raw, 'IR')).toBeNull();
    },
  );

  it('understands national forms only of the country it is given', () => {
    expect(normalisePhone('(415) 555-2671', 'US')).toEqual({ kind: 'phone', e164: '+14155552671' });
    expect(normalisePhone('(415) 555-2671', null)).toBeNull();
    expect(normalisePhone('+14155552671', 'no such country')).toEqual({ kind: 'phone', e164: '+14155552671' });
  });

  it('leaves an extension out of the address', () => {
    expect(normalisePhone('+982188776655 ext. 12', 'IR')).toEqual({ kind: 'phone', e164: '+982188776655' });
  });

  it('answers for any text and reads its own answer alike', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 70 }), (raw) => {
        const first = normalisePhone(raw, 'IR');
        if (first?.kind === 'phone') {
          expect(normalisePhone(first.e164, null)).toEqual(first);
        }
      }),
    );
  });
});

describe('normalisePhone on the public example numbers', () => {
  const corpus = new URL('../../../../shared/corpus/phone/index.json', import.meta.url);
  interface Row {
    set: string;
    region: string;
    nationalPrefix: string | null;
    nsn: string;
    e164: string;
  }

  it('brings the national and the international form to one address', () => {
    if (!existsSync(corpus)) {
      process.stderr.write(
        'SKIPPED: no corpus at ../shared/corpus/phone, the public example numbers were not checked\n',
      );
      return;
    }
    const { cases } = JSON.parse(readFileSync(corpus, 'utf8')) as { cases: Row[] };
    const numbers = cases.filter((row) => row.set === 'phone-numbers');
    const missed = numbers.filter(({ region, nationalPrefix, nsn, e164 }) => {
      // Where a region has no national prefix, the corpus gives its prefix for calls abroad.
      const prefix = nationalPrefix?.startsWith('00') ? '' : (nationalPrefix ?? '');
      const national = region === '001' ? e164 : prefix + nsn;
      return [national, e164].some((raw) => {
        const read = normalisePhone(raw, region);
        return read?.kind !== 'phone' || read.e164 !== e164;
      });
    });
    expect(numbers.length).toBeGreaterThan(100);
    expect(missed).toEqual([]);
  });
});
