import { describe, expect, it } from '@jest/globals';
import { createFormats } from './formats.js';
import { latinDigits } from './latin-digits.js';

const at = '2026-11-21T06:45:00.000Z';
const now = new Date('2026-11-21T12:00:00.000Z');
const en = createFormats('en', { timeZone: 'Asia/Tehran' });
const fa = createFormats('fa', { timeZone: 'Asia/Tehran' });

describe('numbers and dates', () => {
  it('use Persian digits in Persian', () => {
    expect(fa.number(1_234_567)).toBe('۱٬۲۳۴٬۵۶۷');
    expect(fa.digits(4821)).toBe('۴۸۲۱');
    expect(fa.duration(3_725)).toBe('۱:۰۲:۰۵');
    expect(en.duration(65)).toBe('1:05');
  });

  it('use the Persian calendar in Persian, weekday first and without a Latin comma', () => {
    expect(fa.day(at, now)).toBe('شنبه ۳۰ آبان');
    expect(fa.dateTime(at)).toBe('۳۰ آبان ۱۴۰۵، ۱۰:۱۵');
    expect(en.day(at, now)).toBe('Saturday 21 November');
  });

  it('name the year when it is not this one', () => {
    expect(fa.day('2025-01-01T12:00:00.000Z', now)).toBe('چهارشنبه ۱۲ دی ۱۴۰۳');
    expect(en.day('2025-01-01T12:00:00.000Z', now)).toBe('Wednesday 1 January 2025');
  });

  it('use the calendar and the digits that the reader chose, whatever the language', () => {
    const timeZone = 'Asia/Tehran';
    const jalali = createFormats('en', { timeZone, style: { calendar: 'jalali', digits: 'auto' } });
    expect(jalali.dateTime(at)).toBe('30 Aban 1405, 10:15');
    expect(jalali.day(at, now)).toBe('Saturday 30 Aban');
    const gregorian = createFormats('fa', { timeZone, style: { calendar: 'gregorian', digits: 'auto' } });
    expect(gregorian.dateTime(at)).toBe('۲۱ نوامبر ۲۰۲۶، ۱۰:۱۵');
    const latin = createFormats('fa', { timeZone, style: { calendar: 'auto', digits: 'latin' } });
    expect(latin.dateTime(at)).toBe('30 آبان 1405، 10:15');
    expect(latin.duration(3_725)).toBe('1:02:05');
    expect(createFormats('en', { style: { calendar: 'auto', digits: 'persian' } }).digits(4821)).toBe('۴۸۲۱');
  });

  it('count time back in the largest whole unit, and never below a minute', () => {
    const before = (seconds: number) => new Date(now.getTime() - seconds * 1_000).toISOString();
    expect(fa.ago(before(4 * 60), now.getTime())).toBe('۴ دقیقه');
    expect(en.ago(before(2 * 86_400), now.getTime())).toBe('2d');
    expect(en.ago(before(-30), now.getTime())).toBe('1m');
  });

  it('read the digits of any keyboard', () => {
    expect(latinDigits('+۹۸ ۹۱۲ ٤٥٦')).toBe('+98 912 456');
  });
});
