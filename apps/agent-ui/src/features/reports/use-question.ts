import { useMemo, useState } from 'react';
import type { ReportName } from '#contract';
import type { ReportQuestion } from '../../api/reports.js';
import { isJalali } from '../../i18n/intl-tag.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { localZone, wallTimeOf } from '../../ui/dates/instants.js';
import { usePreferences } from '../../ui/preferences.js';
import { questionOf, type ReaderPlace, type ReportSearch } from './report-search.js';

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

export function useQuestion(report: ReportName, search: ReportSearch): ReportQuestion {
  const place = useReaderPlace();
  return questionOf(report, search, place);
}
