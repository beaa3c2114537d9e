import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ownStyle } from '../../i18n/intl-tag.js';
import { parseDay, showDay } from './day-text.js';

describe('a day that somebody types', () => {
  it.each([
    ['۱۴۰۵/۸/۳۰', '2026-11-21'],
    ['1405-08-30', '2026-11-21'],
    ['14050830', '2026-11-21'],
    ['۳۰ آبان ۱۴۰۵', '2026-11-21'],
    ['30 Aban 1405', '2026-11-21'],
    ['2026-11-21', '2026-11-21'],
    ['٢٠٢٦/١١/٢١', '2026-11-21'],
    ['21/11/2026', '2026-11-21'],
    ['21 November 2026', '2026-11-21'],
    ['21 Nov 2026', '2026-11-21'],
    ['۲۱ نوامبر ۲۰۲۶', '2026-11-21'],
    [' \u200f۱۴۰۵/۰۸/۳۰ ', '2026-11-21'],
    // The last day of a leap year, which 1403 was.
    ['۱۴۰۳/۱۲/۳۰', '2025-03-20'],
  ])('is read in either calendar and in any digits: %s', (typed, day) => {
    expect(parseDay(typed)).toBe(day);
  });

  it.each(['', 'tomorrow', '۱۴۰۵/۱۳/۱', '۱۴۰۵/۷/۳۱', '1404/12/30', '30/02/2026', '2026-2-29', '5/8/30', '0/0/1405'])(
    'is none where there is no such day: %s',
    (typed) => {
      expect(parseDay(typed)).toBeNull();
    },
  );
});

describe('a day in a field', () => {
  it('stands in the calendar, the digits and the order of its reader', () => {
    expect(showDay('2026-11-21', 'fa', ownStyle)).toBe('۱۴۰۵/۰۸/۳۰');
    expect(showDay('2026-11-21', 'en', ownStyle)).toBe('21/11/2026');
    expect(showDay('2026-11-21', 'en', { calendar: 'jalali', digits: 'auto' })).toBe('1405/08/30');
    expect(showDay('2026-11-21', 'fa', { calendar: 'gregorian', digits: 'latin' })).toBe('2026/11/21');
  });

  it('is read back as the day it was, whatever the reader chose', () => {
    const style = fc.record({
      calendar: fc.constantFrom('auto' as const, 'jalali' as const, 'gregorian' as const),
      digits: fc.constantFrom('auto' as const, 'persian' as const, 'latin' as const),
    });
    const day = fc
      .date({ min: new Date('1800-01-01'), max: new Date('2200-01-01'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10));
    fc.assert(
      fc.property(day, fc.constantFrom('en' as const, 'fa' as const), style, (iso, locale, likes) => {
        expect(parseDay(showDay(iso, locale, likes))).toBe(iso);
      }),
      { numRuns: 400 },
    );
  });
});
