import { describe, expect, it } from '@jest/globals';
import { readWhen, writeWhen } from './log-call-when.js';

const now = new Date(2026, 10, 22, 15, 0);

describe('when a call began', () => {
  it.each([
    ['۱۴۰۵/۹/۱ ۱۰:۳۰', new Date(2026, 10, 22, 10, 30)],
    ['1405-09-01 10:30', new Date(2026, 10, 22, 10, 30)],
    ['2026-11-21 09:05', new Date(2026, 10, 21, 9, 5)],
    ['2026/11/21, 9:05', new Date(2026, 10, 21, 9, 5)],
    ['۱۰:۳۰', new Date(2026, 10, 22, 10, 30)],
  ])('is understood from %s', (text, expected) => {
    expect(readWhen(text, now)).toEqual(expected);
  });

  it.each(['', 'yesterday', '1405/13/1 10:30', '2026-02-30 10:00', '2026-11-22', '25:00', '1405/12/30 10:00'])(
    'is not told by %s',
    (text) => {
      expect(readWhen(text, now)).toBeNull();
    },
  );

  it('is written as it is read', () => {
    expect(writeWhen(now, 'fa')).toBe('۱۴۰۵/۹/۱ ۱۵:۰۰');
    expect(writeWhen(now, 'en')).toBe('2026-11-22 15:00');
    for (const locale of ['fa', 'en'] as const) {
      expect(readWhen(writeWhen(now, locale), new Date(0))).toEqual(now);
    }
  });
});
