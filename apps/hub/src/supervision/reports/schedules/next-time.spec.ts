import { describe, expect, it } from '@jest/globals';
import { lastWhole, periodBefore, slicesOf, spanOf } from '../questions/report-periods.js';
import { nextTime } from './next-time.js';

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
    expect(periodBefore(nowruz, 'year', 'jalali')?.from).toBe('2024-03-20');
    expect(periodBefore(nowruz, 'year', 'gregorian')?.from).toBe('2024-03-21');
    const months = slicesOf({ from: '2026-10-01', to: '2026-12-31', zone: tehran }, 'month', 'jalali');
    expect(months.map(({ key }) => key)).toEqual(['2026-10-01', '2026-10-23', '2026-11-22', '2026-12-22']);
  });
});
