import { DateTime } from 'luxon';
import type { ReportCalendar, ReportScheduleView } from '#contract';
import { beginsOn } from '../questions/report-periods.js';

/** When a schedule is due, as far as clocks decide it. */
export interface ScheduleTimes {
  every: ReportScheduleView['every'];
  /** After midnight, as clocks show it in `zone`. */
  atMinute: number;
  zone: string;
  calendar: ReportCalendar;
}

const mostDays = 40;
const weekMs = 7 * 86_400_000;

/** The first time after an instant: of a week or month, on its first day. A minute that clocks skip in spring is the next there is. */
export function nextTime({ every, atMinute, zone, calendar }: ScheduleTimes, after: Date): Date {
  const today = DateTime.fromJSDate(after, { zone }).startOf('day');
  for (let days = 0; days <= mostDays; days += 1) {
    const day = today.plus({ days });
    const at = day.set({ hour: Math.floor(atMinute / 60), minute: atMinute % 60 });
    if (at.toMillis() > after.getTime() && beginsOn(day.toISODate() as string, every, calendar)) {
      return at.toJSDate();
    }
  }
  throw new RangeError('No month has so many days.');
}

/** The times that came due since the first, and the next. After a long silence those of a week, and at least the last: nobody reads forty mails. */
export function timesDue(times: ScheduleTimes, first: Date, now: Date): { due: Date[]; next: Date } {
  const passed: Date[] = [];
  let next = first;
  while (next <= now) {
    passed.push(next);
    next = nextTime(times, next);
  }
  const isRecent = (at: Date): boolean => now.getTime() - at.getTime() < weekMs;
  return { due: passed.filter((at, index) => isRecent(at) || index === passed.length - 1), next };
}
