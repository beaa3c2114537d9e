import { hoursOn, type ServiceHours } from '../calendars/service-hours.js';
import { WallClock } from '../calendars/wall-clock.js';

/** Until when a ticket sleeps: an instant (ISO 8601), so many work days of its queue, or until its customer writes, which always wakes it. */
export type SnoozeUntil = { at: string } | { workDays: number } | { reply: true };

/** When it wakes by itself, in milliseconds of the Unix epoch; null: by a reply only. */
export type WakeTime = { wakesAt: number | null } | { why: SnoozeMisfit };

export type SnoozeMisfit = 'not_a_time' | 'past' | 'too_far' | 'no_work_day';

const dayMs = 86_400_000;
/** Nobody means to see a ticket again after this long. */
export const longestSnoozeMs = 2 * 366 * dayMs;
const mostWorkDays = 365;

/**
 * Decides when a sleeping ticket wakes. Work days are those on which its queue serves, holidays are none; the day of `now` does not count,
 * and the ticket wakes when the queue opens on the last one. `hours` null: every day is one, and it wakes at the time of day it is now.
 */
export function wakeTime(until: SnoozeUntil, now: number, hours: ServiceHours | null): WakeTime {
  if ('reply' in until) {
    return { wakesAt: null };
  }
  const at = 'at' in until ? Date.parse(until.at) : afterWorkDays(until.workDays, now, hours);
  if (at === null) {
    return { why: 'no_work_day' };
  }
  if (Number.isNaN(at)) {
    return { why: 'not_a_time' };
  }
  if (at <= now) {
    return { why: 'past' };
  }
  return at - now > longestSnoozeMs ? { why: 'too_far' } : { wakesAt: at };
}

/** NaN where the count is none, null where the queue does not serve on so many days within reach. */
function afterWorkDays(workDays: number, now: number, hours: ServiceHours | null): number | null {
  if (!Number.isInteger(workDays) || workDays < 1 || workDays > mostWorkDays) {
    return Number.NaN;
  }
  if (hours === null) {
    return now + workDays * dayMs;
  }
  const clock = new WallClock(hours.timeZone);
  const today = Date.parse(clock.read(now).day) / dayMs;
  let left = workDays;
  for (let day = today + 1; day <= today + longestSnoozeMs / dayMs; day++) {
    const opening = openingOf(clock, day, hours);
    if (opening !== null && --left === 0) {
      return opening;
    }
  }
  return null;
}

/** When a day's service begins; null on a day without any. `day` counts from 1970-01-01. */
function openingOf(clock: WallClock, day: number, hours: ServiceHours): number | null {
  const parts = hoursOn(hours, WallClock.nameDay(day).iso);
  const starts = clock.spansOf(day, parts).map(({ start }) => start);
  return starts.length === 0 ? null : Math.min(...starts);
}
