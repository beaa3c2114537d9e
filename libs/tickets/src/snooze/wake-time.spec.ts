import { describe, expect, it } from '@jest/globals';
import type { ServiceHours } from '../calendars/service-hours.js';
import { longestSnoozeMs, wakeTime } from './wake-time.js';

/** Saturday to Wednesday 8:30 to 16:30 in Tehran, Thursday until noon, Friday closed; 22 Nov 2026 is a Sunday. */
const tehran: ServiceHours = {
  timeZone: 'Asia/Tehran',
  windows: [
    ...[6, 7, 1, 2, 3].map((weekday) => ({ weekday, from: 510, to: 990, since: null, until: null })),
    { weekday: 4, from: 510, to: 720, since: null, until: null },
  ],
  exceptions: [
    { day: '2026-11-24', hours: [] },
    { day: '2026-11-28', hours: [{ from: 600, to: 720 }] },
  ],
};
const at = (iso: string) => Date.parse(iso);
const sunday = at('2026-11-22T10:00:00+03:30');

const wakes = (workDays: number, now = sunday, hours: ServiceHours | null = tehran) => {
  const found = wakeTime({ workDays }, now, hours);
  return 'wakesAt' in found && found.wakesAt !== null ? new Date(found.wakesAt).toISOString() : found;
};
const iso = (text: string) => new Date(at(text)).toISOString();

describe('when a sleeping ticket wakes', () => {
  it('is when its queue opens on the last of the work days, today not counted', () => {
    expect(wakes(1)).toBe(iso('2026-11-23T08:30:00+03:30'));
  });

  it('passes over holidays and closed days', () => {
    expect(wakes(2)).toBe(iso('2026-11-25T08:30:00+03:30'));
    expect(wakes(3)).toBe(iso('2026-11-26T08:30:00+03:30'));
    // Friday is closed, and the Saturday after it has hours of its own.
    expect(wakes(4)).toBe(iso('2026-11-28T10:00:00+03:30'));
  });

  it('counts days by the wall clock of the queue, whatever day it is in UTC', () => {
    expect(wakes(1, at('2026-11-22T23:50:00+03:30'))).toBe(iso('2026-11-23T08:30:00+03:30'));
    expect(wakes(1, at('2026-11-23T00:10:00+03:30'))).toBe(iso('2026-11-25T08:30:00+03:30'));
  });

  it('is the same time of day where a queue serves around the clock', () => {
    expect(wakes(3, sunday, null)).toBe(new Date(sunday + 3 * 86_400_000).toISOString());
  });

  it('is the first moment that the wall shows where an opening falls into a skipped hour', () => {
    const berlin: ServiceHours = {
      timeZone: 'Europe/Berlin',
      windows: [{ weekday: 7, from: 120, to: 300, since: null, until: null }],
      exceptions: [],
    };
    expect(wakes(1, at('2027-03-27T12:00:00Z'), berlin)).toBe('2027-03-28T01:00:00.000Z');
  });

  it('is never by itself for one that waits for a reply', () => {
    expect(wakeTime({ reply: true }, sunday, tehran)).toEqual({ wakesAt: null });
  });

  it('is not in the past, not now, and not further than anybody means', () => {
    const of = (ms: number) => wakeTime({ at: new Date(ms).toISOString() }, sunday, null);
    expect(of(sunday - 1)).toEqual({ why: 'past' });
    expect(of(sunday)).toEqual({ why: 'past' });
    expect(of(sunday + 1)).toEqual({ wakesAt: sunday + 1 });
    expect(of(sunday + longestSnoozeMs)).toEqual({ wakesAt: sunday + longestSnoozeMs });
    expect(of(sunday + longestSnoozeMs + 1)).toEqual({ why: 'too_far' });
    expect(wakeTime({ at: 'tomorrow' }, sunday, null)).toEqual({ why: 'not_a_time' });
  });

  it.each([0, -1, 1.5, 366])('is not after %s work days', (workDays) => {
    expect(wakeTime({ workDays }, sunday, null)).toEqual({ why: 'not_a_time' });
  });

  it('is refused where the queue never opens', () => {
    expect(wakeTime({ workDays: 1 }, sunday, { ...tehran, windows: [], exceptions: [] })).toEqual({
      why: 'no_work_day',
    });
  });
});
