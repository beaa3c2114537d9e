import type { ReportView } from '#contract';
import { reportKeys, reports, type ReportPlace, type ReportQuestion } from '../../api/reports.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { BehindDrawer } from './behind-list.js';
import { useColumnName, useRowName, useValues } from './use-values.js';

interface Props {
  view: ReportView;
  question: ReportQuestion;
  place: ReportPlace;
  onClose: () => void;
}

/** What a number of a report is made of. */
export function BehindPanel({ view, question, place, onClose }: Props) {
  const { t, locale } = useI18n();
  const show = useValues();
  const columnName = useColumnName(view.report);
  const rowName = useRowName(view.by, view.rows);
  const index = view.columns.findIndex(({ key }) => key === place.column);
  const column = view.columns[index];
  const row = place.row === null ? view.total : view.rows.find(({ key }) => key === place.row);
  const title =
    column && row
      ? t('reports.behind', {
          value: show.value(row.values[index], column.unit),
          column: columnName(column),
          row: place.row === null ? t('reports.total') : rowName(row),
        })
      : t('reports.behindTitle');
  const source = {
    key: reportKeys.behind(question, place),
    read: (cursor: string | null, signal: AbortSignal) => reports.behind(question, place, cursor, signal),
    unit: column?.unit ?? ('count' as const),
    file: reports.file(question, 'csv', locale, place),
  };
  return <BehindDrawer title={title} source={source} onClose={onClose} />;
}
