import { describe, expect, it } from '@jest/globals';
import { axisOf } from './chart/axis.js';
import { rangeOf } from './range.js';
import { keptOf, questionOf, readSearch } from './report-search.js';
import { nextSending } from './next-sending.js';
import { heightOf, type Plot } from './chart/plot.js';
import { twiceTold } from './twice-told.js';

const place = { today: '2026-11-23', zone: 'Asia/Tehran', calendar: 'jalali' as const };

describe('the range of a report', () => {
  it.each([
    ['today', '2026-11-23', '2026-11-23'],
    ['last7', '2026-11-17', '2026-11-23'],
    // 2 Azar 1405: the month is two days old, Aban has thirty, and autumn began on 1 Mehr.
    ['month', '2026-11-22', '2026-11-23'],
    ['lastMonth', '2026-10-23', '2026-11-21'],
    ['quarter', '2026-09-23', '2026-11-23'],
    ['lastQuarter', '2026-06-22', '2026-09-22'],
  ] as const)('of a Jalali reader: %s', (preset, from, to) => {
    expect(rangeOf(preset, place.today, 'jalali')).toEqual({ from, to });
  });

  it('follows the months of the other calendar for who reads that one', () => {
    expect(rangeOf('lastMonth', place.today, 'gregorian')).toEqual({ from: '2026-10-01', to: '2026-10-31' });
    expect(rangeOf('lastQuarter', '2026-02-03', 'gregorian')).toEqual({ from: '2025-10-01', to: '2025-12-31' });
  });
});

describe('the address of a report', () => {
  it('is read without what it cannot mean', () => {
    expect(keptOf(readSearch({ range: 'ever', from: 'x', queues: 'a', tags: [7, ''], compare: 'year' }))).toEqual({
      compare: 'year',
      queues: ['a'],
      tags: ['7'],
    });
  });

  it('asks for what the report can be cut by, and for no more hours than the hub tells', () => {
    const whole = { range: 'own', from: '2026-01-01', to: '2026-11-01' } as const;
    expect(questionOf('volume', { ...whole, by: 'hour' }, place)).toMatchObject({ by: 'day', from: whole.from });
    expect(questionOf('volume', { by: 'rule' }, place)).toMatchObject({ by: 'day', from: '2026-10-25' });
    expect(questionOf('rules', {}, place)).toMatchObject({ by: 'rule', calendar: 'jalali' });
    expect(questionOf('volume', { range: 'own', from: '2026-02-01', to: '2026-01-01' }, place).to).toBe(place.today);
  });
});

describe('the axis of a chart', () => {
  it('ends at or above the highest value, in round steps', () => {
    expect(axisOf(0, 'count')).toEqual([0, 1]);
    expect(axisOf(7, 'count')).toEqual([0, 2, 4, 6, 8]);
    expect(axisOf(0.93, 'share')).toEqual([0, 0.25, 0.5, 0.75, 1]);
    expect(axisOf(4_000, 'seconds')).toEqual([0, 1_800, 3_600, 5_400]);
  });

  it('goes below zero where values do, and draws nothing where it ends but at the edges', () => {
    const axis = axisOf(40, 'score', -35);
    expect(axis).toEqual([-40, -30, -20, -10, 0, 10, 20, 30, 40]);
    const plot: Plot = { width: 300, height: 120, top: 10, bottom: 30, side: 0, isMirrored: false };
    expect([-40, 0, 40].map((value) => heightOf(plot, value, axis))).toEqual([90, 50, 10]);
    expect(heightOf(plot, 0, axisOf(7, 'count'))).toBe(90);
  });
});

describe('the hours of a report', () => {
  it('are told apart where the clock shows one twice, the earlier first however rows are ordered', () => {
    const hours = ['2026-10-25T01:00+02:00', '2026-10-25T02:00+01:00', '2026-10-25T02:00+02:00'];
    expect([...twiceTold(hours)]).toEqual([
      ['2026-10-25T02:00+02:00', 'first'],
      ['2026-10-25T02:00+01:00', 'again'],
    ]);
    expect(twiceTold(['2026-11-23T00:00+03:30', '2026-11-24T00:00+03:30']).size).toBe(0);
  });
});

describe('when a schedule sends next', () => {
  const now = new Date('2026-11-23T05:00:00Z');
  const terms = { atLocalTime: '08:00', zone: 'Asia/Tehran' } as const;

  it('is the next such time of day, or the first day of the next week or month', () => {
    // 08:30 in Tehran, a Monday.
    expect(nextSending({ ...terms, every: 'day', calendar: 'jalali' }, now)).toBe('2026-11-24T04:30:00.000Z');
    expect(nextSending({ ...terms, every: 'week', calendar: 'jalali' }, now)).toBe('2026-11-28T04:30:00.000Z');
    expect(nextSending({ ...terms, every: 'week', calendar: 'gregorian' }, now)).toBe('2026-11-30T04:30:00.000Z');
    expect(nextSending({ ...terms, every: 'month', calendar: 'jalali' }, now)).toBe('2026-12-22T04:30:00.000Z');
    expect(nextSending({ ...terms, every: 'month', calendar: 'gregorian' }, now)).toBe('2026-12-01T04:30:00.000Z');
    expect(nextSending({ ...terms, every: 'day', atLocalTime: '09:00', calendar: 'jalali' }, now)).toBe(
      '2026-11-23T05:30:00.000Z',
    );
  });
});
