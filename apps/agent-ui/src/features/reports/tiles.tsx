import type { ReportColumn, ReportView } from '#contract';
import { useI18n } from '../../i18n/use-i18n.js';
import { ChangeMark } from './change-mark.js';
import { useColumnName, useValues } from './use-values.js';

interface Props {
  view: ReportView;
  chosen: number;
  onChoose: (column: ReportColumn) => void;
}

/** Each number of the whole range; the chosen one is what the chart is of. */
export function Tiles({ view, chosen, onChoose }: Props) {
  const { t } = useI18n();
  const show = useValues();
  const columnName = useColumnName(view.report);
  return (
    <ul className="reports-tiles" aria-label={t('reports.total')}>
      {view.columns.map((column, index) => (
        <li key={column.key}>
          <button type="button" aria-pressed={index === chosen} onClick={() => onChoose(column)}>
            <span>{columnName(column)}</span>
            <strong>{show.value(view.total.values[index], column.unit)}</strong>
            {view.total.before && (
              <ChangeMark
                now={view.total.values[index] ?? null}
                before={view.total.before[index] ?? null}
                column={column}
              />
            )}
          </button>
        </li>
      ))}
    </ul>
  );
}
