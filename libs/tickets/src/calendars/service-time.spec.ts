import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { serviceTime, aroundTheClock, type ServiceTime } from './service-time.js';
import type { DayPart, ServiceHours } from './service-hours.js';

const minute = 60_000;
const hour = 60 * minute;
const at = (text: string) => Date.parse(text);
const parts = (...hours: Array<[number, number]>): DayPart[] =>
  hours.map(([from, to]) => ({ from: from * 60, to: to * 60 }));
const weekly = (days: number[], ...hours: Array<[number, number]>) =>
  days.flatMap((weekday) => parts(...hours).map((part) => ({ ...part, weekday, since: null, until: null })));
const build = (overrides: Partial<ServiceHours>): ServiceTime =>
  serviceTime({ timeZone: 'UTC', windows: [], exceptions: [], ...overrides });

describe('service time', () => {
  const iranian = build({ timeZone: 'Asia/Tehran', windows: weekly([6, 7, 1, 2, 3], [8, 12], [13, 17]) });

  it('counts the hours of a week that begins on Saturday, with a break at noon', () => {
    const [saturday, friday] = [at('2026-11-21T00:00:00+03:30'), at('2026-11-27T00:00:00+03:30')];
    expect(iranian.elapsed(saturday, friday)).toBe(5 * 8 * hour);
  });

  it('goes on after the break and after the days of rest, to the millisecond', () => {
    const beforeNoon = at('2026-11-25T11:59:59.999+03:30');
    expect(iranian.add(beforeNoon, 2)).toBe(at('2026-11-25T13:00:00.001+03:30'));
    expect(iranian.add(at('2026-11-25T16:30:00+03:30'), hour)).toBe(at('2026-11-28T08:30:00+03:30'));
  });

  it('ends at the closing hour what is due by it, and not at the next opening', () => {
    expect(iranian.add(at('2026-11-21T16:00:00+03:30'), hour)).toBe(at('2026-11-21T17:00:00+03:30'));
  });

  it('knows whether it is open, and when it opens next', () => {
    expect(iranian.isOpen(at('2026-11-21T08:00:00+03:30'))).toBe(true);
    expect(iranian.isOpen(at('2026-11-21T12:00:00+03:30'))).toBe(false);
    expect(iranian.nextOpening(at('2026-11-26T10:00:00+03:30'))).toBe(at('2026-11-28T08:00:00+03:30'));
    expect(iranian.nextOpening(at('2026-11-21T09:00:00+03:30'))).toBe(at('2026-11-21T09:00:00+03:30'));
  });

  it('is closed on a holiday, and open by its own hours on a day that has them', () => {
    const time = build({
      windows: weekly([1, 2, 3, 4, 5], [9, 17]),
      exceptions: [
        { day: '2026-11-23', hours: [] },
        { day: '2026-11-28', hours: parts([10, 12]) },
      ],
    });
    expect(time.elapsed(at('2026-11-23T00:00:00Z'), at('2026-11-24T00:00:00Z'))).toBe(0);
    expect(time.add(at('2026-11-27T16:30:00Z'), hour)).toBe(at('2026-11-28T10:30:00Z'));
  });

  it('changes its hours on the day from which others are valid', () => {
    const time = build({
      windows: [
        { weekday: 1, from: 480, to: 960, since: null, until: '2026-06-08' },
        { weekday: 1, from: 420, to: 780, since: '2026-06-08', until: null },
      ],
    });
    expect(time.elapsed(at('2026-06-01T00:00:00Z'), at('2026-06-02T00:00:00Z'))).toBe(8 * hour);
    expect(time.elapsed(at('2026-06-08T00:00:00Z'), at('2026-06-09T00:00:00Z'))).toBe(6 * hour);
  });

  it('gives no time for the hour that spring skips, and both hours of autumn', () => {
    const time = build({ timeZone: 'Europe/Berlin', windows: weekly([7], [1, 4]) });
    expect(time.elapsed(at('2026-03-29T00:00:00+01:00'), at('2026-03-30T00:00:00+02:00'))).toBe(2 * hour);
    expect(time.elapsed(at('2026-10-25T00:00:00+02:00'), at('2026-10-26T00:00:00+01:00'))).toBe(4 * hour);
    expect(time.add(at('2026-03-29T01:30:00+01:00'), hour)).toBe(at('2026-03-29T03:30:00+02:00'));
  });

  it('opens at the end of the gap when its window begins within it', () => {
    const time = build({
      timeZone: 'Europe/Berlin',
      windows: [{ weekday: 7, from: 150, to: 240, since: null, until: null }],
    });
    expect(time.nextOpening(at('2026-03-29T00:00:00+01:00'))).toBe(at('2026-03-29T03:00:00+02:00'));
  });

  it('never comes where no service is given', () => {
    const time = build({});
    expect([time.add(0, 1), time.nextOpening(0), time.elapsed(0, 1e12)]).toEqual([null, null, 0]);
  });

  it('refuses a zone that does not exist', () => {
    expect(() => build({ timeZone: 'Asia/Teheran-West' })).toThrow(RangeError);
  });

  it('runs always where there are no hours to keep', () => {
    expect([aroundTheClock.add(5, 10), aroundTheClock.elapsed(5, 15), aroundTheClock.elapsed(15, 5)]).toEqual([
      15, 10, 0,
    ]);
  });
});

/** Places whose clocks change by an hour, by half an hour, at midnight, south of the equator, and not at all any more. */
const zones = [
  'Asia/Tehran',
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'America/Sao_Paulo',
  'Asia/Beirut',
  'America/St_Johns',
  'Africa/Casablanca',
  'Pacific/Chatham',
  'UTC',
];

const anyParts = fc
  .uniqueArray(fc.integer({ min: 0, max: 1440 }), { minLength: 0, maxLength: 6 })
  .map((edges) => edges.sort((one, other) => one - other))
  .map((edges) =>
    edges
      .slice(0, edges.length - (edges.length % 2))
      .flatMap((from, index, all) => (index % 2 ? [] : [{ from, to: all[index + 1] as number }])),
  );
const anyDay = fc
  .integer({ min: 0, max: 900 })
  .map((days) => new Date(at('2017-01-01') + days * 24 * hour).toISOString().slice(0, 10));
const anyHours: fc.Arbitrary<ServiceHours> = fc.record({
  timeZone: fc.constantFrom(...zones),
  windows: fc
    .tuple(
      fc.array(anyParts, { minLength: 7, maxLength: 7 }),
      fc.array(anyParts, { minLength: 7, maxLength: 7 }),
      anyDay,
    )
    .map(([before, after, change]) => [
      ...before.flatMap((day, index) =>
        day.map((part) => ({ ...part, weekday: index + 1, since: null, until: change })),
      ),
      ...after.flatMap((day, index) =>
        day.map((part) => ({ ...part, weekday: index + 1, since: change, until: null })),
      ),
    ]),
  exceptions: fc.uniqueArray(fc.record({ day: anyDay, hours: anyParts }), {
    selector: ({ day }) => day,
    maxLength: 20,
  }),
});

/** Whether the wall of a place shows an open minute: asked of Intl, minute by minute. */
function openMinutes({ timeZone, windows, exceptions }: ServiceHours): (at: number) => boolean {
  const wall = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  return (instant) => {
    const shown = Object.fromEntries(wall.formatToParts(instant).map(({ type, value }) => [type, value]));
    const day = `${shown['year']}-${shown['month']}-${shown['day']}`;
    const weekday = new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
    const now = Number(shown['hour']) * 60 + Number(shown['minute']);
    const hours =
      exceptions.find((exception) => exception.day === day)?.hours ??
      windows.filter(
        (window) =>
          window.weekday === weekday &&
          (window.since === null || window.since <= day) &&
          (window.until === null || day < window.until),
      );
    return hours.some(({ from, to }) => from <= now && now < to);
  };
}

describe('service time in any place and by any hours', () => {
  it('counts the minutes at which the wall shows an open time, one by one', () => {
    const anyStart = fc.oneof(
      fc.integer({ min: at('2017-01-01') / minute, max: at('2019-06-01') / minute }),
      // Around the nights on which clocks are changed.
      fc
        .tuple(
          fc.constantFrom(
            '2018-03-25',
            '2018-10-28',
            '2018-03-11',
            '2018-11-04',
            '2018-04-01',
            '2018-10-07',
            '2018-03-21',
            '2018-09-21',
          ),
          fc.integer({ min: -900, max: 900 }),
        )
        .map(([day, shift]) => at(day) / minute + shift),
    );
    fc.assert(
      fc.property(anyHours, anyStart, fc.integer({ min: 0, max: 1500 }), (hours, start, length) => {
        const isOpen = openMinutes(hours);
        const expected = Array.from({ length }, (_, index) => isOpen((start + index) * minute)).filter(Boolean).length;
        const time = serviceTime(hours);
        expect(time.elapsed(start * minute, (start + length) * minute)).toBe(expected * minute);
        expect(time.isOpen(start * minute)).toBe(isOpen(start * minute));
      }),
      { numRuns: 150 },
    );
  });

  it('gives back what was added, exactly, two hundred thousand times', () => {
    const casesOfOne = 5_000;
    const [first, last] = [at('2016-01-01'), at('2021-01-01')];
    let seen = 0;
    fc.assert(
      fc.property(
        anyHours,
        fc.infiniteStream(
          fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 0, max: 40 * 24 * hour })),
        ),
        (hours, wishes) => {
          const time = serviceTime(hours);
          for (const [share, duration] of wishes.take(casesOfOne)) {
            const from = Math.floor(first + share * (last - first));
            const due = time.add(from, duration);
            seen += 1;
            if (due === null) {
              continue;
            }
            const wrong =
              time.elapsed(from, due) !== duration || (duration > 0 && time.elapsed(from, due - 1) !== duration - 1);
            if (wrong) {
              throw new Error(`${from} + ${duration} is not ${due}`);
            }
          }
        },
      ),
      { numRuns: 40, endOnFailure: true },
    );
    expect(seen).toBe(200_000);
  });
});
