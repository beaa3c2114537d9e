import { describe, expect, it } from '@jest/globals';
import { createFormats } from './formats.js';

const now = (): Date => new Date('2026-11-21T12:00:00Z');
const en = createFormats('en', now, 'Asia/Tehran');
const fa = createFormats('fa', now, 'Asia/Tehran');

describe('what a visitor reads', () => {
  it('is in Persian digits and dates for a Persian visitor', () => {
    expect(fa.time('2026-11-21T06:51:00Z')).toBe('۱۰:۲۱');
    expect(fa.day('2026-11-14T06:51:00Z')).toBe('شنبه ۲۳ آبان');
    expect(fa.number(12)).toBe('۱۲');
    expect(fa.bytes(48_213)).toBe('۴۸ کیلوبایت');
  });

  it('names today and yesterday by the visitor’s own midnight', () => {
    expect(en.day('2026-11-20T20:45:00Z')).toBe('Today');
    expect(en.day('2026-11-20T20:15:00Z')).toBe('Yesterday');
    expect(fa.day('2026-11-20T20:15:00Z')).toBe('دیروز');
  });

  it('has the year when it is another one', () => {
    expect(en.day('2025-11-20T08:00:00Z')).toBe('Thursday 20 November 2025');
  });
});
