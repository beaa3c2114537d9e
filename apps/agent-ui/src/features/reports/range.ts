import {
  endOfMonth,
  GregorianCalendar,
  parseDate,
  PersianCalendar,
  startOfMonth,
  toCalendar,
  type CalendarDate,
} from '@internationalized/date';
import type { ReportCalendar } from '#contract';

export const presets = [
  'today',
  'yesterday',
  'last7',
  'last30',
  'month',
  'lastMonth',
  'quarter',
  'lastQuarter',
] as const;
export type Preset = (typeof presets)[number];

export interface Range {
  from: string;
  to: string;
}

const gregorian = new GregorianCalendar();
const persian = new PersianCalendar();
const monthsOfQuarter = 3;

export function isPreset(word: string): word is Preset {
  return (presets as readonly string[]).includes(word);
}

/** The days of a preset, both included: months and quarters are those of the reader's calendar, and end today where they have not ended. */
export function rangeOf(preset: Preset, today: string, calendar: ReportCalendar): Range {
  const day = toCalendar(parseDate(today), calendar === 'jalali' ? persian : gregorian);
  switch (preset) {
    case 'today':
      return { from: today, to: today };
    case 'yesterday':
      return days(day.subtract({ days: 1 }), day.subtract({ days: 1 }));
    case 'last7':
      return days(day.subtract({ days: 6 }), day);
    case 'last30':
      return days(day.subtract({ days: 29 }), day);
    case 'month':
      return days(startOfMonth(day), day);
    case 'lastMonth': {
      const before = startOfMonth(day).subtract({ days: 1 });
      return days(startOfMonth(before), before);
    }
    case 'quarter':
      return days(startOfQuarter(day), day);
    case 'lastQuarter': {
      const before = startOfQuarter(day).subtract({ days: 1 });
      return days(startOfQuarter(before), endOfMonth(before));
    }
  }
}

function startOfQuarter(day: CalendarDate): CalendarDate {
  const over = (day.month - 1) % monthsOfQuarter;
  return startOfMonth(startOfMonth(day).subtract({ months: over }));
}

function days(from: CalendarDate, to: CalendarDate): Range {
  return { from: toCalendar(from, gregorian).toString(), to: toCalendar(to, gregorian).toString() };
}
