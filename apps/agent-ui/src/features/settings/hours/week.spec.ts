import { describe, expect, it } from '@jest/globals';
import { emptySeason, readTime, seasonsOf, weekOf, windowsOf, writeTime } from './week.js';

describe('weekly hours', () => {
  it('are grouped by when they hold, and come back as they were', () => {
    const windows = [
      { weekday: 6, from: 480, to: 720, since: null, until: '2026-06-05' },
      { weekday: 6, from: 780, to: 1020, since: null, until: '2026-06-05' },
      { weekday: 6, from: 420, to: 780, since: '2026-06-05', until: null },
    ];
    const seasons = seasonsOf(windows);
    expect(seasons.map(({ since, until }) => [since, until])).toEqual([
      [null, '2026-06-05'],
      ['2026-06-05', null],
    ]);
    expect(windowsOf(seasons)).toEqual(windows);
  });

  it('begin empty where there are none', () => {
    expect(windowsOf(seasonsOf([]))).toEqual([]);
    expect(emptySeason().days[3]).toEqual([]);
  });

  it('go through the week as their reader does', () => {
    expect(weekOf('fa')).toEqual([6, 7, 1, 2, 3, 4, 5]);
    expect(weekOf('en')).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  it('take a time in either digits, and the end of the day', () => {
    expect(['8', '08:30', '۱۷:۴۵', '24:00'].map(readTime)).toEqual([480, 510, 1065, 1440]);
    expect(['', '25', '8:75', '24:01', 'noon'].map(readTime)).toEqual([null, null, null, null, null]);
    expect([0, 510, 1440].map(writeTime)).toEqual(['00:00', '08:30', '24:00']);
  });
});
