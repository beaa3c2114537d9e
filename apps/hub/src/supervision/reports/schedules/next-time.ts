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
