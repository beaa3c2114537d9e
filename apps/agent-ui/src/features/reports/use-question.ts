import type { ReportName } from '#contract';
import type { ReportQuestion } from '../../api/reports.js';
import { useReaderPlace } from '../../ui/dates/use-reader-place.js';
import { questionOf, type ReportSearch } from './report-search.js';

export function useQuestion(report: ReportName, search: ReportSearch): ReportQuestion {
  const place = useReaderPlace();
  return questionOf(report, search, place);
}
