import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { collectTypes, type CollectType } from '../script/nodes.js';
import { parseCollected, type CollectLimits } from './parse-collected.js';

/** Sunday, 1 Azar 1405, in Tehran; still Saturday in London would be wrong. */
const world = { locale: 'fa', now: Date.parse('2026-11-21T21:30:00Z'), zone: 'Asia/Tehran' } as const;
const english = { ...world, locale: 'en' } as const;
const runs = Number(process.env['BOTS_FUZZ_RUNS'] ?? 100);

const valueOf = (
  type: CollectType,
  text: string,
  at: Parameters<typeof parseCollected>[2] = world,
  limits?: CollectLimits,
): unknown => {
  const read = parseCollected(type, text, at, limits);
  return 'value' in read ? read.value : `miss ${read.miss}`;
};

describe('answers to a question', () => {
  it.each([
    ['۱۲۳ ۴۵۶', '123456'],
    ['١٢٣-٤٥٦', '123456'],
    ['12a', 'miss digits'],
  ])('read the digits of %s', (text, expected) => {
    expect(valueOf('digits', text)).toBe(expected);
  });

  it.each([
    ['۱۲', 12],
    ['-3', -3],
    ['12.5', 12.5],
    ['۱۲٫۵', 12.5],
    ['12/5', 12.5],
    ['1,200,000', 1_200_000],
    ['۱٬۲۰۰', 1_200],
    ['1.200.000', 1_200_000],
    ['بیست و پنج', 25],
    ['صد و بیست و سه هزار و چهارصد', 123_400],
    ['دو میلیون و پانصد هزار', 2_500_000],
    ['یک میلیون و نیم', 1_500_000],
    ['۲۰ هزار', 20_000],
    ['هزار', 1_000],
    ['two hundred and fifty', 250],
    ['3 million', 3_000_000],
    ['خیلی', 'miss number'],
    ['1,2,3', 'miss number'],
    ['دو هزار میلیارد', 2_000_000_000_000],
    ['12 500', 12_500],
    ['1 200 000', 1_200_000],
    ['منفی ۵', -5],
    ['2 3', 'miss number'],
    ['۱۰ ۲۰', 'miss number'],
    ['پنج سه', 'miss number'],
    ['912 345 6789', 'miss number'],
    ['دو هزار و پنج هزار', 'miss number'],
    ['9'.repeat(400), 'miss number'],
    ['12345678901234567890', 'miss number'],
  ])('read the number %s', (text, expected) => {
    expect(valueOf('number', text)).toBe(expected);
  });

  it.each([
    ['۲۰ هزار تومان', 20_000],
    ['۲۰هزار تومن', 20_000],
    ['بیست هزار تومان', 20_000],
    ['200,000 ریال', 20_000],
    ['۲۰۰۰۰۰﷼', 20_000],
    ['20000', 20_000],
    ['یک و نیم میلیون تومان', 1_500_000],
    ['$20', 'miss currency'],
    ['گران', 'miss money'],
    ['-5', 'miss money'],
    ['هزار میلیارد تومان', 1_000_000_000_000],
    ['20 تومان 30 ریال', 'miss money'],
  ])('read %s as tomans', (text, expected) => {
    expect(valueOf('money', text)).toBe(expected);
  });

  it('reads money in the currency of the question', () => {
    expect(valueOf('money', '۲۰ هزار تومان', world, { currency: 'IRR' })).toBe(200_000);
    expect(valueOf('money', '$12.50', english, { currency: 'USD' })).toBe(12.5);
    expect(valueOf('money', '30 euros', { ...english, currency: 'EUR' })).toBe(30);
  });

  it.each([
    ['۱۴۰۵/۹/۵', '2026-11-26'],
    ['1405-09-05', '2026-11-26'],
    ['5/9/1405', '2026-11-26'],
    ['۵ آذر ۱۴۰۵', '2026-11-26'],
    ['۵ام آذر', '2026-11-26'],
    ['پنجشنبه', '2026-11-26'],
    ['پنج‌شنبه', '2026-11-26'],
    ['جمعه', '2026-11-27'],
    ['یکشنبه', '2026-11-29'],
    ['14050905', '2026-11-26'],
    ['۰۵/۰۹/۰۵', '2026-11-26'],
    ['2026-11-26', '2026-11-26'],
    ['26 November 2026', '2026-11-26'],
    ['Nov 26, 2026', '2026-11-26'],
    ['امروز', '2026-11-22'],
    ['فردا', '2026-11-23'],
    ['پس‌فردا', '2026-11-24'],
    ['پسفردا', '2026-11-24'],
    ['دیروز', '2026-11-21'],
    ['tomorrow', '2026-11-23'],
    ['۳۰ اسفند ۱۴۰۴', 'miss date'],
    ['۳۰ اسفند ۱۴۰۳', '2025-03-20'],
    ['1405/13/01', 'miss date'],
    ['31/2/2026', 'miss date'],
    ['بعدا', 'miss date'],
  ])('read the day %s', (text, expected) => {
    expect(valueOf('date', text)).toBe(expected);
    expect(valueOf('date_jalali', text)).toBe(expected);
  });

  it('reads a day without a year as the nearest one', () => {
    expect(valueOf('date', '۲۰ فروردین')).toBe('2027-04-09');
    expect(valueOf('date', '۲۰ شهریور')).toBe('2026-09-11');
    expect(valueOf('date', '24/12', english)).toBe('2026-12-24');
    expect(valueOf('date', '12/24', english)).toBe('2026-12-24');
    expect(valueOf('date', '3/4', english)).toBe('2027-04-03');
    expect(valueOf('date', '5/12/85', english)).toBe('1985-12-05');
    expect(valueOf('date', '24 Dec', english)).toBe('2026-12-24');
    expect(valueOf('date', '3/4/2026', english)).toBe('2026-04-03');
  });

  it.each([
    ['0084575948', '0084575948'],
    ['۰۰۸۴۵۷۵۹۴۸', '0084575948'],
    ['008-457594-8', '0084575948'],
    ['84575948', '0084575948'],
    ['0084575949', 'miss national_id'],
    ['1111111111', 'miss national_id'],
    ['123', 'miss national_id'],
  ])('check the national id %s', (text, expected) => {
    expect(valueOf('national_id_ir', text)).toBe(expected);
  });

  it.each([
    ['شماره سفارشم ۱۲۳۴۵۶ است', '123456'],
    ['#pk-1042', 'PK-1042'],
    ['١٢٣٤٥٦', '123456'],
    ['۱۲۳ ۴۵۶', '123456'],
    ['order 12345', '12345'],
    ['12345 or 67890', 'miss order_no'],
    ['ندارم', 'miss order_no'],
  ])('find the order number in %s', (text, expected) => {
    expect(valueOf('order_no', text)).toBe(expected);
  });

  it.each([
    ['phone', '۰۹۱۲ ۳۴۵ ۶۷۸۹', '+989123456789'],
    ['phone', '+44 20 7946 0958', '+442079460958'],
    ['phone', '12345', 'miss phone'],
    ['email', 'Sara@Example.com.', 'sara@example.com'],
    ['email', 'ایمیلم sara@example.com است', 'sara@example.com'],
    ['email', 'sara@', 'miss email'],
    ['email', 'a@b.com c@d.com', 'miss email'],
    ['yes_no', 'بله', true],
    ['yes_no', 'آره لطفا', true],
    ['yes_no', 'درسته', true],
    ['yes_no', 'Yes please', true],
    ['yes_no', '۱', true],
    ['yes_no', 'نه', false],
    ['yes_no', 'خیر', false],
    ['yes_no', 'no, thanks', false],
    ['yes_no', '2', false],
    ['yes_no', 'شاید', 'miss yes_no'],
    ['rating', '۵', 5],
    ['rating', '4 از 5', 4],
    ['rating', '⭐⭐⭐', 3],
    ['rating', 'عالی بود', 5],
    ['rating', 'خیلی بد', 1],
    ['rating', 'متوسط', 3],
    ['rating', '6', 'miss rating'],
    ['text', '  سلام  ', 'سلام'],
    ['text', '   ', 'miss empty'],
  ] as const)('read as %s: %s', (type, text, expected) => {
    expect(valueOf(type, text)).toBe(expected);
  });

  it('holds a value to its bounds and its pattern', () => {
    expect(valueOf('number', '7', world, { min: 8 })).toBe('miss too_small');
    expect(valueOf('number', '7', world, { max: 6 })).toBe('miss too_large');
    expect(valueOf('text', 'ab', world, { min: 3 })).toBe('miss too_short');
    expect(valueOf('digits', '12345', world, { max: 4 })).toBe('miss too_long');
    expect(valueOf('date', 'دیروز', world, { min: 'today' })).toBe('miss too_small');
    expect(valueOf('date', 'امروز', world, { min: 'today' })).toBe('2026-11-22');
    expect(valueOf('order_no', 'ab-12', world, { pattern: '[A-Z]{2}-\\d{2}' })).toBe('AB-12');
    expect(valueOf('order_no', 'ab-123', world, { pattern: '[A-Z]{2}-\\d{2}' })).toBe('miss pattern');
    expect(valueOf('rating', '9', world, { min: 0, max: 10 })).toBe(9);
  });

  it('never throws and never keeps an answer that is no plain value', () => {
    fc.assert(
      fc.property(fc.constantFrom(...collectTypes), fc.string({ unit: 'grapheme', maxLength: 60 }), (type, text) => {
        const read = parseCollected(type, text, world);
        expect(
          'value' in read ? ['string', 'number', 'boolean'].includes(typeof read.value) : typeof read.miss === 'string',
        ).toBe(true);
        expect(read).not.toEqual({ value: NaN });
      }),
      { numRuns: runs },
    );
  });
});
