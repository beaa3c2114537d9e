import { useMemo } from 'react';
import type { ReportCalendar } from '#contract';
import { readersTag } from '../../i18n/intl-tag.js';
import { useI18n } from '../../i18n/use-i18n.js';

/** 5 January 2026 was a Monday. */
const monday = Date.UTC(2026, 0, 5, 12);
const dayMs = 86_400_000;
const saturday = 6;

/** Weekdays by the hub's numbers, 1 for Monday, from where the reader's week begins. */
export function weekOf(calendar: ReportCalendar): number[] {
  const first = calendar === 'jalali' ? saturday : 1;
  return Array.from({ length: 7 }, (_, nth) => ((first - 1 + nth) % 7) + 1);
}

export const hoursOfDay = Array.from({ length: 24 }, (_, hour) => hour);

export function useWeekWords() {
  const { locale, format } = useI18n();
  return useMemo(() => {
    const names = new Intl.DateTimeFormat(readersTag(locale), { weekday: 'long', timeZone: 'UTC' });
    return {
      weekday: (number: number) => names.format(monday + (number - 1) * dayMs),
      hour: (hour: number) => format.time(`2026-01-05T${String(hour).padStart(2, '0')}:00:00`),
      shortHour: (hour: number) => format.digits(hour),
    };
  }, [locale, format]);
}
