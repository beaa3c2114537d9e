/** Part of a day, in minutes after the midnight of the wall clock. `to` is the first minute that is closed again, at most 1440. */
export interface DayPart {
  from: number;
  to: number;
}

/** A weekly opening, while it is valid. Days are ISO dates; `until` is the first day on which it no longer holds, null for ever. */
export interface WeeklyWindow extends DayPart {
  /** Monday 1 to Sunday 7. */
  weekday: number;
  since: string | null;
  until: string | null;
}

/** A day with hours of its own, whatever the week says. No hours is a holiday. */
export interface DayException {
  /** ISO date. */
  day: string;
  hours: readonly DayPart[];
}

/** When an organisation works, by the wall clock of its place. */
export interface ServiceHours {
  /** IANA name. */
  timeZone: string;
  windows: readonly WeeklyWindow[];
  exceptions: readonly DayException[];
}

/** The openings of one day, in no order. */
export type HoursOfDay = (day: LocalDay) => readonly DayPart[];

/** A day of the wall clock. */
export interface LocalDay {
  iso: string;
  /** Monday 1 to Sunday 7. */
  weekday: number;
}

/** Looks up the openings of days: the exception of a day where there is one, else what the week says on that date. */
export function hoursOfDay({ windows, exceptions }: ServiceHours): HoursOfDay {
  const own = new Map(exceptions.map(({ day, hours }) => [day, hours]));
  const weekly = Map.groupBy(windows, ({ weekday }) => weekday);
  return ({ iso, weekday }) => own.get(iso) ?? (weekly.get(weekday) ?? []).filter((window) => isValidOn(window, iso));
}

function isValidOn({ since, until }: WeeklyWindow, iso: string): boolean {
  return (since === null || since <= iso) && (until === null || iso < until);
}

/** The openings of a day by its ISO date. */
export function hoursOn(hours: ServiceHours, day: string): readonly DayPart[] {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
  return hoursOfDay(hours)({ iso: day, weekday });
}
