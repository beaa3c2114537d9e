import { describe, expect, it } from '@jest/globals';
import { lastWhole, periodBefore, slicesBefore, slicesOf, spanOf } from '../questions/report-periods.js';
import { nextTime, timesDue } from './next-time.js';

const tehran = 'Asia/Tehran';
const berlin = 'Europe/Berlin';
const at = (iso: string): Date => new Date(iso);

describe('days, weeks and months of reports', () => {
  it('comes due at its minute of the next day, week or month of its calendar', () => {
    const eight = { atMinute: 480, zone: tehran };
    const now = at('2026-11-23T05:00:00Z'); // Monday, 2 Azar 1405, 08:30
    expect(nextTime({ ...eight, every: 'day', calendar: 'jalali' }, now)).toEqual(at('2026-11-24T04:30:00Z'));
    expect(nextTime({ ...eight, every: 'week', calendar: 'jalali' }, now)).toEqual(at('2026-11-28T04:30:00Z'));
    expect(nextTime({ ...eight, every: 'week', calendar: 'gregorian' }, now)).toEqual(at('2026-11-30T04:30:00Z'));
    expect(nextTime({ ...eight, every: 'month', calendar: 'jalali' }, now)).toEqual(at('2026-12-22T04:30:00Z'));
    expect(nextTime({ ...eight, every: 'month', calendar: 'gregorian' }, now)).toEqual(at('2026-12-01T04:30:00Z'));
  });

  it('keeps its time on the wall when clocks are changed', () => {
    const daily = { every: 'day', atMinute: 150, zone: berlin, calendar: 'gregorian' } as const;
    expect(nextTime(daily, at('2026-03-28T12:00:00Z'))).toEqual(at('2026-03-29T01:30:00Z'));
    expect(nextTime({ ...daily, atMinute: 480 }, at('2026-10-24T12:00:00Z'))).toEqual(at('2026-10-25T07:00:00Z'));
  });

  it('comes due for every day that was missed in a week, and once for a longer silence', () => {
    const daily = { every: 'day', atMinute: 480, zone: tehran, calendar: 'jalali' } as const;
    const now = at('2026-11-23T05:00:00Z');
    const missed = timesDue(daily, at('2026-11-21T04:30:00Z'), now);
    expect(missed.due).toEqual(['2026-11-21', '2026-11-22', '2026-11-23'].map((day) => at(`${day}T04:30:00Z`)));
    expect(missed.next).toEqual(at('2026-11-24T04:30:00Z'));
    expect(timesDue(daily, at('2026-10-01T04:30:00Z'), now).due).toHaveLength(7);
    const monthly = timesDue({ ...daily, every: 'month' }, at('2026-09-23T04:30:00Z'), at('2026-11-10T05:00:00Z'));
    expect(monthly).toEqual({ due: [at('2026-10-23T04:30:00Z')], next: at('2026-11-22T04:30:00Z') });
  });

  it('tells of the last whole day, week or month', () => {
    expect(lastWhole('2026-11-23', 'day', 'jalali')).toEqual({ from: '2026-11-22', to: '2026-11-22' });
    expect(lastWhole('2026-11-23', 'week', 'jalali')).toEqual({ from: '2026-11-14', to: '2026-11-20' });
    expect(lastWhole('2026-11-23', 'month', 'jalali')).toEqual({ from: '2026-10-23', to: '2026-11-21' });
    expect(lastWhole('2026-11-23', 'month', 'gregorian')).toEqual({ from: '2026-10-01', to: '2026-10-31' });
  });

  it('has as many hours in a day as pass there, each with a name of its own', () => {
    const hours = (day: string, zone: string) => slicesOf({ from: day, to: day, zone }, 'hour', 'gregorian');
    expect([hours('2026-03-29', berlin).length, hours('2026-10-25', berlin).length]).toEqual([23, 25]);
    expect(new Set(hours('2026-10-25', berlin).map(({ key }) => key)).size).toBe(25);
    expect(hours('2026-11-23', tehran)[0]).toEqual({ key: '2026-11-23T00:00+03:30', at: at('2026-11-22T20:30:00Z') });
    expect(spanOf({ from: '2026-10-25', to: '2026-10-25', zone: berlin })).toEqual({
      start: at('2026-10-24T22:00:00Z'),
      end: at('2026-10-25T23:00:00Z'),
    });
  });

  it('compares with as many days before, or with the same days of the year before in its calendar', () => {
    const azar = { from: '2026-11-22', to: '2026-12-21', zone: tehran };
    expect(periodBefore(azar, 'previous', 'jalali')).toEqual({ from: '2026-10-23', to: '2026-11-21', zone: tehran });
    expect(periodBefore(azar, 'year', 'jalali')).toEqual({ from: '2025-11-22', to: '2025-12-21', zone: tehran });
    const nowruz = { from: '2025-03-21', to: '2025-03-21', zone: tehran };
    expect(periodBefore(nowruz, 'year', 'jalali').from).toBe('2024-03-20');
    expect(periodBefore(nowruz, 'year', 'gregorian').from).toBe('2024-03-21');
    const months = slicesOf({ from: '2026-10-01', to: '2026-12-31', zone: tehran }, 'month', 'jalali');
    expect(months.map(({ key }) => key)).toEqual(['2026-10-01', '2026-10-23', '2026-11-22', '2026-12-22']);
  });

  it('puts beside each part of the time as much of the time before, wherever weeks and months begin there', () => {
    const beside = (
      by: 'hour' | 'day' | 'week' | 'month',
      period: Parameters<typeof spanOf>[0],
      compare: 'previous' | 'year',
    ) =>
      slicesBefore(slicesOf(period, by, 'gregorian'), period, compare, 'gregorian').map((slice) =>
        slice.at.toISOString(),
      );
    // March has one month; the thirty days before it touch two.
    const march = { from: '2026-03-01', to: '2026-03-30', zone: 'UTC' };
    expect(beside('month', march, 'previous')).toEqual(['2026-01-30T00:00:00.000Z']);
    const weeks = { from: '2026-11-20', to: '2026-11-24', zone: 'UTC' };
    expect(beside('week', weeks, 'previous')).toEqual(['2026-11-15T00:00:00.000Z', '2026-11-18T00:00:00.000Z']);
    const leap = { from: '2025-02-28', to: '2025-03-01', zone: 'UTC' };
    expect(beside('day', leap, 'year')).toEqual(['2024-02-28T00:00:00.000Z', '2024-03-01T00:00:00.000Z']);
    const spring = { from: '2026-03-30', to: '2026-03-30', zone: berlin };
    const hours = beside('hour', spring, 'previous');
    expect([hours.length, hours[0], hours[3]]).toEqual([24, '2026-03-28T23:00:00.000Z', '2026-03-29T01:00:00.000Z']);
  });
});
