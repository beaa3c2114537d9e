import {
  CalendarDate,
  getDayOfWeek,
  GregorianCalendar,
  parseDate,
  PersianCalendar,
  toCalendar,
} from '@internationalized/date';
import type { ReportCalendar, ReportScheduleView } from '#contract';
import { instantOf, wallTimeOf } from '../../ui/dates/instants.js';

type Terms = Pick<ReportScheduleView, 'every' | 'atLocalTime' | 'zone'> & { calendar: ReportCalendar };

const mostDays = 62;
const isBegin = {
  day: () => true,
  week: (day: CalendarDate, calendar: ReportCalendar) =>
    getDayOfWeek(day, 'en-GB', calendar === 'jalali' ? 'sat' : 'mon') === 0,
  month: (day: CalendarDate, calendar: ReportCalendar) =>
    toCalendar(day, calendar === 'jalali' ? new PersianCalendar() : new GregorianCalendar()).day === 1,
};

/** When a report will be sent that is sent of every whole day, week or month that went by; an instant. */
export function nextSending({ every, atLocalTime, zone, calendar }: Terms, now: Date): string {
  let day = parseDate(wallTimeOf(now.toISOString(), zone).day);
  for (let tries = 0; tries < mostDays; tries++) {
    const at = instantOf({ day: day.toString(), time: atLocalTime }, zone);
    if (isBegin[every](day, calendar) && Date.parse(at) > now.getTime()) {
      return at;
    }
    day = day.add({ days: 1 });
  }
  throw new Error('No week or month is that long.');
}
