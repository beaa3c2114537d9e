import { DateTime } from 'luxon';
import type { ReportBy, ReportCalendar, ReportCompare } from '#contract';
import { jalaliDay } from '../../../platform/jalali-day.js';

/** Days on the wall of a place, both included. */
export interface Period {
  from: string;
  to: string;
  zone: string;
}

/** With what a period is compared. */
type Comparison = Exclude<ReportCompare, 'none'>;

/** A part of a period, by the name of its row and when it begins. */
export interface Slice {
  key: string;
  at: Date;
}

/** Whether rows stand for parts of the time. */
export function isOfTime(by: ReportBy): by is 'hour' | 'day' | 'week' | 'month' {
  return by === 'hour' || by === 'day' || by === 'week' || by === 'month';
}

/** When the period begins and when it is over, as clocks were set there then. */
export function spanOf({ from, to, zone }: Period): { start: Date; end: Date } {
  return { start: dayOf(from, zone).toJSDate(), end: dayOf(to, zone).plus({ days: 1 }).startOf('day').toJSDate() };
}

export function countDays({ from, to }: Period): number {
  return Math.round(dayOf(to, 'UTC').diff(dayOf(from, 'UTC'), 'days').days) + 1;
}

/** The parts of a period, the first of which begins with it although its week or month began before. */
export function slicesOf(period: Period, by: 'hour' | 'day' | 'week' | 'month', calendar: ReportCalendar): Slice[] {
  const first = dayOf(period.from, period.zone);
  const days = Array.from({ length: countDays(period) }, (_, index) => first.plus({ days: index }).startOf('day'));
  if (by === 'hour') {
    return days.flatMap(hoursOf);
  }
  return days
    .filter((day, index) => index === 0 || begins(day, by, calendar))
    .map((day) => ({ key: day.toISODate() as string, at: day.toJSDate() }));
}

/** As many days right before it, or the same days of the year before. */
export function periodBefore(period: Period, compare: Comparison, calendar: ReportCalendar): Period {
  const [from, to] = [period.from, period.to].map((day) => dayBefore(day, period, compare, calendar));
  return { ...period, from: from as string, to: to as string };
}

/**
 * The parts of the time before that stand beside those of a period, however its own weeks and months fall: each begins on the day before
 * that its counterpart begins on, at the same time. Where two begin together, as on 28 and 29 February, the later one has it.
 */
export function slicesBefore(
  slices: readonly Slice[],
  period: Period,
  compare: Comparison,
  calendar: ReportCalendar,
): Slice[] {
  return slices.map(({ key, at }) => {
    const local = DateTime.fromJSDate(at, { zone: period.zone });
    const begin = dayOf(dayBefore(local.toISODate() as string, period, compare, calendar), period.zone);
    const isWhole = local.equals(local.startOf('day'));
    return { key, at: (isWhole ? begin : begin.set({ hour: local.hour, minute: local.minute })).toJSDate() };
  });
}

/** The last whole day, week or month before a day. */
export function lastWhole(
  today: string,
  every: 'day' | 'week' | 'month',
  calendar: ReportCalendar,
): { from: string; to: string } {
  let begin = dayOf(today, 'UTC');
  while (!begins(begin, every, calendar)) {
    begin = begin.minus({ days: 1 });
  }
  const to = begin.minus({ days: 1 });
  let from = to;
  while (!begins(from, every, calendar)) {
    from = from.minus({ days: 1 });
  }
  return { from: from.toISODate() as string, to: to.toISODate() as string };
}

/** Whether a day is the first of its week or month. */
export function beginsOn(day: string, by: 'day' | 'week' | 'month', calendar: ReportCalendar): boolean {
  return begins(dayOf(day, 'UTC'), by, calendar);
}

function begins(day: DateTime, by: 'day' | 'week' | 'month', calendar: ReportCalendar): boolean {
  switch (by) {
    case 'day':
      return true;
    case 'week':
      return day.weekday === (calendar === 'jalali' ? 6 : 1);
    case 'month':
      return calendar === 'jalali' ? jalaliDay(day.toISODate() as string).day === 1 : day.day === 1;
  }
}

/** The hours that pass in a day: 23 or 25 of them where clocks are changed. */
function hoursOf(day: DateTime): Slice[] {
  const hours: Slice[] = [];
  const end = day.plus({ days: 1 }).startOf('day');
  for (let at = day; at < end; at = at.plus({ hours: 1 })) {
    hours.push({ key: at.toFormat("yyyy-MM-dd'T'HH:mmZZ"), at: at.toJSDate() });
  }
  return hours;
}

function dayBefore(day: string, period: Period, compare: Comparison, calendar: ReportCalendar): string {
  return compare === 'year' ? yearBefore(day, calendar) : moved(day, -countDays(period));
}

function yearBefore(day: string, calendar: ReportCalendar): string {
  if (calendar === 'gregorian') {
    return dayOf(day, 'UTC').minus({ years: 1 }).toISODate() as string;
  }
  const wanted = jalaliDay(day);
  // A year has 365 or 366 days; the 30th of Esfand of a leap year has no counterpart, the day before it stands for it.
  const candidates = [-365, -366].map((days) => moved(day, days));
  const same = candidates.find((one) => {
    const found = jalaliDay(one);
    return found.month === wanted.month && found.day === wanted.day;
  });
  return same ?? moved(day, -366);
}

function moved(day: string, days: number): string {
  return dayOf(day, 'UTC').plus({ days }).toISODate() as string;
}

function dayOf(day: string, zone: string): DateTime {
  return DateTime.fromISO(day, { zone }).startOf('day');
}
