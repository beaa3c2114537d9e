import { fromAbsolute, PersianCalendar, toCalendar, toCalendarDate, type ZonedDateTime } from '@internationalized/date';
import type { SnoozeWish } from '../../api/properties.js';

export type SnoozeName = 'hour' | 'hours3' | 'tonight' | 'tomorrow' | 'workDay' | 'week' | 'reply';

/** A time that is offered. `at`: when it wakes, an ISO instant; null: when the customer writes. */
export interface SnoozePreset {
  name: SnoozeName;
  at: string | null;
  wish: SnoozeWish;
}

/** By whose clocks and week the times are meant. */
export interface SnoozeWeek {
  timeZone: string;
  /** The Persian week begins on Saturday and rests on Friday and on the holidays that the solar year fixes. */
  isJalali: boolean;
}

const hourMs = 3_600_000;
const morning = 9;
const evening = 19;

/**
 * The times that are offered, soonest first, mornings at nine and evenings at seven by the reader's clock. What would be hardly later
 * than an hour from now is left out, and so is a time that another name says already.
 */
export function snoozePresets(now: Date, week: SnoozeWeek): SnoozePreset[] {
  const local = fromAbsolute(now.getTime(), week.timeZone);
  const times: [SnoozeName, number][] = [
    ['hour', now.getTime() + hourMs],
    ['hours3', now.getTime() + 3 * hourMs],
    ['tonight', at(local, evening)],
    ['tomorrow', at(local.add({ days: 1 }), morning)],
    ['workDay', at(firstWorkDay(local.add({ days: 1 }), week), morning)],
    ['week', at(firstWorkDay(local.add({ days: daysToNextWeek(local, week) }), week), morning)],
  ];
  const offered = times.filter(
    ([name, time], index) =>
      (name !== 'tonight' || time > now.getTime() + hourMs) &&
      !times.slice(0, index).some(([, earlier]) => earlier === time),
  );
  return [
    ...offered.map(([name, time]) => {
      const instant = new Date(time).toISOString();
      return { name, at: instant, wish: { at: instant } };
    }),
    { name: 'reply', at: null, wish: { reply: true } },
  ];
}

/** The instant at which a clock shows this hour on this day; one that clocks jump over is the next that there is. */
function at(day: ZonedDateTime, hour: number): number {
  return day.set({ hour, minute: 0, second: 0, millisecond: 0 }).toDate().getTime();
}

/** 1 Monday to 7 Sunday. */
function weekdayOf(day: ZonedDateTime): number {
  const utc = Date.UTC(day.year, day.month - 1, day.day);
  return new Date(utc).getUTCDay() || 7;
}

/** Saturday in the Persian week, Monday in the other. */
function daysToNextWeek(day: ZonedDateTime, { isJalali }: SnoozeWeek): number {
  const first = isJalali ? 6 : 1;
  return (first - weekdayOf(day) + 7) % 7 || 7;
}

function firstWorkDay(from: ZonedDateTime, week: SnoozeWeek): ZonedDateTime {
  let day = from;
  while (!isWorkDay(day, week)) {
    day = day.add({ days: 1 });
  }
  return day;
}

export function isWorkDay(day: ZonedDateTime, { isJalali }: SnoozeWeek): boolean {
  const weekday = weekdayOf(day);
  if (!isJalali) {
    return weekday < 6;
  }
  const solar = toCalendar(toCalendarDate(day), new PersianCalendar());
  return weekday !== 5 && !solarHolidays.has(`${String(solar.month)}-${String(solar.day)}`);
}

/** Month and day of the holidays that stand still in the solar year: Nowruz first of all. */
const solarHolidays = new Set(['1-1', '1-2', '1-3', '1-4', '1-12', '1-13', '3-14', '3-15', '11-22', '12-29', '12-30']);
