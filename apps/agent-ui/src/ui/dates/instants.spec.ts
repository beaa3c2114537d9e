import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ownStyle } from '../../i18n/intl-tag.js';
import { parseDay, showDay } from './day-text.js';
import { instantOf, parseTime, wallTimeOf } from './instants.js';

const zones = ['Asia/Tehran', 'Europe/Berlin', 'America/New_York', 'Asia/Kathmandu', 'Pacific/Apia', 'UTC'];

describe('instants and clocks on walls', () => {
  it('know the half hour of Tehran', () => {
    expect(wallTimeOf('2026-11-21T06:45:00.000Z', 'Asia/Tehran')).toEqual({ day: '2026-11-21', time: '10:15' });
    expect(instantOf({ day: '2026-11-21', time: '00:10' }, 'Asia/Tehran')).toBe('2026-11-20T20:40:00.000Z');
  });

  it('take the hour after the one that is left out in spring, and the first of the two in autumn', () => {
    expect(instantOf({ day: '2026-03-29', time: '02:30' }, 'Europe/Berlin')).toBe('2026-03-29T01:30:00.000Z');
    expect(instantOf({ day: '2026-10-25', time: '02:30' }, 'Europe/Berlin')).toBe('2026-10-25T00:30:00.000Z');
  });

  it('come back the same through the Jalali calendar in every zone, or an hour off where an hour comes twice', () => {
    const minute = fc
      .integer({ min: Date.parse('2000-01-01') / 60_000, max: Date.parse('2060-01-01') / 60_000 })
      .map((minutes) => new Date(minutes * 60_000).toISOString());
    fc.assert(
      fc.property(minute, fc.constantFrom(...zones), (instant, zone) => {
        const wall = wallTimeOf(instant, zone);
        const day = parseDay(showDay(wall.day, 'fa', ownStyle));
        const back = instantOf({ day: day ?? '', time: wall.time }, zone);
        expect(wallTimeOf(back, zone)).toEqual(wall);
        expect([0, 3_600_000]).toContain(Date.parse(instant) - Date.parse(back));
      }),
      { numRuns: 400 },
    );
  });
});

describe('a time that somebody types', () => {
  it.each([
    ['9', '09:00'],
    ['۹:۳۰', '09:30'],
    ['0930', '09:30'],
    ['23.59', '23:59'],
    ['00:00', '00:00'],
  ])('is read: %s', (typed, time) => {
    expect(parseTime(typed)).toBe(time);
  });

  it.each(['', '24:00', '9:60', 'noon', '9:3'])('is none: %s', (typed) => {
    expect(parseTime(typed)).toBeNull();
  });
});
