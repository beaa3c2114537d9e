import { describe, expect, it } from '@jest/globals';
import { nextRound } from './next-round.js';
import { firstMoment } from './sending-hours.js';

const day = { kind: 'person', fromMinute: 9 * 60 + 30, toMinute: 20 * 60 } as const;
const at = (iso: string) => Date.parse(iso);

describe('the hours in which something may arrive', () => {
  it.each([
    ['within them at once', '2026-06-10T08:00:00Z', 'Asia/Tehran', '2026-06-10T08:00:00Z'],
    ['before them on the same day', '2026-06-10T03:00:00Z', 'Asia/Tehran', '2026-06-10T06:00:00Z'],
    ['behind them on the next', '2026-06-10T16:30:00Z', 'Asia/Tehran', '2026-06-11T06:00:00Z'],
    [
      'at nine thirty on a day whose night was an hour shorter',
      '2026-03-28T21:00:00Z',
      'Europe/Berlin',
      '2026-03-29T07:30:00Z',
    ],
    ['by UTC where nobody knows the zone', '2026-06-10T09:00:00Z', 'Mars/Olympus', '2026-06-10T09:30:00Z'],
  ])('let it arrive %s', (_what, now, zone, expected) => {
    expect(firstMoment(at(now), zone, day)).toBe(at(expected));
  });

  it('are those of a calendar where one is named, and none where it never opens', () => {
    const time = { elapsed: () => 0, add: () => null, isOpen: () => false, nextOpening: (now: number) => now + 5 };
    expect(firstMoment(100, 'UTC', { kind: 'calendar', time })).toBe(105);
    expect(firstMoment(100, 'UTC', { kind: 'calendar', time: { ...time, nextOpening: () => null } })).toBeNull();
    expect(firstMoment(100, 'UTC', { kind: 'any' })).toBe(100);
  });
});

describe('the next round', () => {
  const first = new Date('2026-01-31T06:30:00Z');

  it.each([
    ['daily', '2026-02-01T06:29:59Z', '2026-02-01T06:30:00Z'],
    ['weekly', '2026-02-07T06:30:00Z', '2026-02-14T06:30:00Z'],
    ['monthly', '2026-02-01T00:00:00Z', '2026-02-28T06:30:00Z'],
    ['monthly', '2026-03-01T00:00:00Z', '2026-03-31T06:30:00Z'],
  ] as const)('is, %s, the first after %s', (repeats, now, expected) => {
    expect(nextRound(first, repeats, new Date(now), 'Asia/Tehran')?.toISOString()).toBe(
      new Date(expected).toISOString(),
    );
  });

  it('keeps the hour of the day where clocks change, and makes up for none that were missed', () => {
    const winter = new Date('2026-03-20T08:00:00Z');
    expect(nextRound(winter, 'daily', new Date('2026-03-30T00:00:00Z'), 'Europe/Berlin')?.toISOString()).toBe(
      '2026-03-30T07:00:00.000Z',
    );
  });

  it('is never for what is told once', () => {
    expect(nextRound(first, 'once', first, 'UTC')).toBeNull();
  });
});
