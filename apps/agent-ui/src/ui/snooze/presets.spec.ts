import { fromAbsolute } from '@internationalized/date';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isWorkDay, snoozePresets, type SnoozeName } from './presets.js';

const tehran = { timeZone: 'Asia/Tehran', isJalali: true };
const berlin = { timeZone: 'Europe/Berlin', isJalali: false };

const local = (instant: string | null | undefined, timeZone: string): string =>
  fromAbsolute(Date.parse(instant ?? ''), timeZone)
    .toString()
    .slice(0, 16);

function offered(now: string, week: typeof tehran): Partial<Record<SnoozeName, string>> {
  const presets = snoozePresets(new Date(now), week).filter(({ at }) => at !== null);
  return Object.fromEntries(presets.map(({ name, at }) => [name, local(at, week.timeZone)]));
}

describe('the times that a ticket can be put away until', () => {
  it('are said by the clocks and the week of the reader', () => {
    expect(offered('2026-11-25T08:00:00Z', berlin)).toEqual({
      hour: '2026-11-25T10:00',
      hours3: '2026-11-25T12:00',
      tonight: '2026-11-25T19:00',
      tomorrow: '2026-11-26T09:00',
      week: '2026-11-30T09:00',
    });
  });

  it('are Saturday after a Thursday in the Persian week, and Monday after a Friday in the other', () => {
    expect(offered('2026-11-26T08:00:00Z', tehran)).toMatchObject({
      tomorrow: '2026-11-27T09:00',
      workDay: '2026-11-28T09:00',
    });
    expect(offered('2026-11-27T08:00:00Z', berlin)).toMatchObject({
      tomorrow: '2026-11-28T09:00',
      workDay: '2026-11-30T09:00',
    });
  });

  it('pass over Nowruz', () => {
    // Thursday 28 Esfand 1404; the year ends on Friday, and the first four days of the new one are holidays.
    const times = offered('2026-03-19T08:00:00Z', tehran);
    expect(times).toMatchObject({ workDay: '2026-03-25T09:00' });
  });

  it('keep their hour where clocks are put forward in the night', () => {
    expect(offered('2026-03-28T20:00:00Z', berlin)).toMatchObject({ tomorrow: '2026-03-29T09:00' });
    expect(offered('2026-10-24T20:00:00Z', berlin)).toMatchObject({ tomorrow: '2026-10-25T09:00' });
  });

  it('leave out this evening once it is near', () => {
    expect(offered('2026-11-25T17:30:00Z', berlin)).not.toHaveProperty('tonight');
    expect(offered('2026-11-25T16:30:00Z', berlin)).toHaveProperty('tonight');
  });

  it('lie ahead, at most twenty days, none twice, in any zone and at any moment; the next work day is one', () => {
    const zones = ['Asia/Tehran', 'Europe/Berlin', 'America/St_Johns', 'Pacific/Apia', 'Australia/Lord_Howe', 'UTC'];
    const moment = fc.date({ min: new Date('2020-01-01'), max: new Date('2035-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(moment, fc.constantFrom(...zones), fc.boolean(), (now, timeZone, isJalali) => {
        const week = { timeZone, isJalali };
        const presets = snoozePresets(now, week);
        const times = presets.flatMap(({ at }) => (at === null ? [] : [Date.parse(at)]));
        expect(presets.at(-1)).toEqual({ name: 'reply', at: null, wish: { reply: true } });
        expect(times.every((time) => time > now.getTime() && time < now.getTime() + 20 * 86_400_000)).toBe(true);
        expect(new Set(times).size).toBe(times.length);
        for (const { name, at } of presets) {
          if (name === 'workDay' || name === 'week') {
            const day = fromAbsolute(Date.parse(at ?? ''), timeZone);
            expect([name, isWorkDay(day, week), day.hour]).toEqual([name, true, 9]);
          }
        }
      }),
    );
  });
});
