import { useMemo, useState } from 'react';
import type { ReportCalendar } from '#contract';
import { isJalali } from '../../i18n/intl-tag.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { usePreferences } from '../preferences.js';
import { localZone, wallTimeOf } from './instants.js';

export interface ReaderPlace {
  /** The day that it is there. */
  today: string;
  zone: string;
  calendar: ReportCalendar;
}

/** Where and by which calendar the reader counts days. */
export function useReaderPlace(): ReaderPlace {
  const { locale } = useI18n();
  const style = usePreferences();
  const zone = localZone();
  // A page that stays open over midnight keeps its days until it is come back to.
  const [today] = useState(() => wallTimeOf(new Date().toISOString(), zone).day);
  const calendar = isJalali(locale, style) ? 'jalali' : 'gregorian';
  return useMemo(() => ({ today, zone, calendar }), [today, zone, calendar]);
}
