import { describe, expect, it } from '@jest/globals';
import { serviceTime } from '#tickets';
import { weekly } from './opening-hours.service.js';

const time = serviceTime(
  weekly({
    timeZone: 'Asia/Tehran',
    times: [
      { day: 6, from: '08:30', to: '17:00' },
      { day: 7, from: '22:00', to: '24:00' },
    ],
  }),
);
const isOpen = (at: string): boolean => time.isOpen(Date.parse(at));

describe('the weekly hours of a chat', () => {
  it('are those of their own time zone', () => {
    // 2026-11-21 is a Saturday; Tehran is three and a half hours ahead.
    expect(isOpen('2026-11-21T05:00:00Z')).toBe(true);
    expect(isOpen('2026-11-21T04:59:00Z')).toBe(false);
    expect(isOpen('2026-11-21T13:29:00Z')).toBe(true);
    expect(isOpen('2026-11-21T13:30:00Z')).toBe(false);
  });

  it('can last until midnight and no longer', () => {
    expect(isOpen('2026-11-22T20:29:00Z')).toBe(true);
    expect(isOpen('2026-11-22T20:30:00Z')).toBe(false);
  });

  it('say when they begin again', () => {
    const next = time.nextOpening(Date.parse('2026-11-21T20:00:00Z'));
    expect(new Date(next ?? 0).toISOString()).toBe('2026-11-22T18:30:00.000Z');
  });
});
