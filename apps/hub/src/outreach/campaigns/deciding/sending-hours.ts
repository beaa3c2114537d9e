import { DateTime } from 'luxon';
import type { ServiceTime } from '#tickets';

/** When something may arrive: at any hour, between two minutes of the person's own day, or while a calendar is open. */
export type SendingHours =
  { kind: 'any' } | { kind: 'person'; fromMinute: number; toMinute: number } | { kind: 'calendar'; time: ServiceTime };

/**
 * The first instant from `now` on at which something may arrive at somebody who lives in `zone`; `now` itself where it may. Null: there is
 * none, because the calendar never opens. Instants are milliseconds of the Unix epoch. A zone that nobody knows counts as UTC.
 */
export function firstMoment(now: number, zone: string, hours: SendingHours): number | null {
  switch (hours.kind) {
    case 'any':
      return now;
    case 'calendar':
      return hours.time.nextOpening(now);
    case 'person':
      return withinDay(now, zone, hours);
  }
}

function withinDay(
  now: number,
  zone: string,
  { fromMinute, toMinute }: { fromMinute: number; toMinute: number },
): number {
  const named = DateTime.fromMillis(now, { zone });
  const here = named.isValid ? named : DateTime.fromMillis(now, { zone: 'utc' });
  const minute = here.hour * 60 + here.minute;
  if (minute >= fromMinute && minute < toMinute) {
    return now;
  }
  const day = minute < fromMinute ? here : here.plus({ days: 1 });
  // Set on the wall clock: a day of a time change has its nine o'clock as well.
  return day.set({ hour: Math.floor(fromMinute / 60), minute: fromMinute % 60, second: 0, millisecond: 0 }).toMillis();
}
