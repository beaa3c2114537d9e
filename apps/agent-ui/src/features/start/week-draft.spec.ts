import { describe, expect, it } from '@jest/globals';
import { countryOf, guessWeek, weekDraftOf } from './week-draft.js';

const opening = (weekday: number, more: object = {}) => ({
  weekday,
  from: 540,
  to: 1020,
  since: null,
  until: null,
  ...more,
});

describe('the working week of the short form', () => {
  it('is guessed from the time zone: from Saturday in Tehran, from Monday where nothing else is known', () => {
    expect(guessWeek('Asia/Tehran').days).toEqual([6, 7, 1, 2, 3]);
    expect(guessWeek('Europe/Berlin').days).toEqual([1, 2, 3, 4, 5]);
    expect(guessWeek('Mars/Olympus').days).toEqual([1, 2, 3, 4, 5]);
  });

  it('names a country only where its zone leaves no doubt', () => {
    expect(countryOf('Asia/Tehran')).toBe('IR');
    expect(countryOf('Etc/UTC')).toBeNull();
  });

  it('is read back from a calendar that says no more than it can show', () => {
    expect(weekDraftOf({ windows: [opening(6), opening(1)] })).toEqual({ days: [6, 1], from: 540, to: 1020 });
  });

  it.each([
    ['two openings on a day', [opening(1), opening(1, { from: 1080, to: 1200 })]],
    ['days that differ', [opening(1), opening(2, { to: 780 })]],
    ['a season', [opening(1, { since: '2026-06-21' })]],
    ['no opening at all', []],
  ])('is left alone where there is more to it: %s', (_what, windows) => {
    expect(weekDraftOf({ windows })).toBeNull();
  });
});
