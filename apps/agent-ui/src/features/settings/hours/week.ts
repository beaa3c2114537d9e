import type { CalendarView, DayPartView } from '#contract';
import { latinDigits } from '../../../i18n/latin-digits.js';

type Window = CalendarView['windows'][number];

/** Weekly hours that hold from one day to another: ISO dates, null for ever. `days` by weekday, Monday 1. */
export interface Season {
  since: string | null;
  until: string | null;
  days: Record<number, DayPartView[]>;
}

const weekdays = [1, 2, 3, 4, 5, 6, 7];

/** Weekdays in the order in which a reader's week goes. */
export function weekOf(locale: string): number[] {
  const first = locale === 'fa' ? 6 : 1;
  return weekdays.map((_, index) => ((first + index - 1) % 7) + 1);
}

/** Groups a calendar's openings by the time in which they hold; those that hold for ever come first. */
export function seasonsOf(windows: readonly Window[]): Season[] {
  const groups = Map.groupBy(windows, ({ since, until }) => `${since ?? ''} ${until ?? ''}`);
  const seasons = [...groups.values()].map((group): Season => ({
    since: group[0]?.since ?? null,
    until: group[0]?.until ?? null,
    days: Object.fromEntries(
      weekdays.map((weekday) => [
        weekday,
        group.filter((window) => window.weekday === weekday).map(({ from, to }) => ({ from, to })),
      ]),
    ),
  }));
  return seasons.length > 0 ? seasons.sort(byBegin) : [emptySeason()];
}

export function windowsOf(seasons: readonly Season[]): Window[] {
  return seasons.flatMap(({ since, until, days }) =>
    weekdays.flatMap((weekday) => (days[weekday] ?? []).map((part) => ({ ...part, weekday, since, until }))),
  );
}

export function emptySeason(): Season {
  return { since: null, until: null, days: Object.fromEntries(weekdays.map((weekday) => [weekday, []])) };
}

function byBegin(one: Season, other: Season): number {
  return (one.since ?? '').localeCompare(other.since ?? '');
}

/** Reads "8", "8:30", "۰۸:۳۰" and "24:00" as minutes after midnight; null where it is no time of a day. */
export function readTime(text: string): number | null {
  const found = /^(\d{1,2})(?:[:٫.](\d{2}))?$/u.exec(latinDigits(text.trim()));
  const [hours, minutes] = [Number(found?.[1]), Number(found?.[2] ?? 0)];
  return found && minutes < 60 && hours * 60 + minutes <= 1440 ? hours * 60 + minutes : null;
}

/** Minutes after midnight as 08:30. */
export function writeTime(minutes: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
