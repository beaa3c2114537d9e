import { DateTime } from 'luxon';

export type Repeats = 'once' | 'daily' | 'weekly' | 'monthly';

const steps: Record<Exclude<Repeats, 'once'>, { days?: number; weeks?: number; months?: number }> = {
  daily: { days: 1 },
  weekly: { weeks: 1 },
  monthly: { months: 1 },
};

/**
 * When something that first ran at `first` runs next, after `now`: at the same time of day in `zone`, and monthly on the same day, or the
 * last one of a shorter month. Rounds that were missed meanwhile are not made up for. Null: never again.
 */
export function nextRound(first: Date, repeats: Repeats, now: Date, zone: string): Date | null {
  if (repeats === 'once') {
    return null;
  }
  const named = DateTime.fromJSDate(first, { zone });
  const begin = named.isValid ? named : DateTime.fromJSDate(first, { zone: 'utc' });
  const unit = Object.keys(steps[repeats])[0] as 'days' | 'weeks' | 'months';
  const passed = Math.floor(DateTime.fromJSDate(now, { zone: begin.zone }).diff(begin, unit).as(unit));
  // Counted from the first time, so that a monthly one of the 31st does not stay on the 28th after February.
  for (let count = Math.max(1, passed); ; count++) {
    const next = begin.plus({ [unit]: count }).toJSDate();
    if (next > now) {
      return next;
    }
  }
}
