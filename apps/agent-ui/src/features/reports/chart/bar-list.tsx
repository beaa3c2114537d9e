import type { ReportRow, ReportView } from '#contract';
import type { ReportPlace } from '../../../api/reports.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { ChangeMark } from '../change-mark.js';
import { hasBehind, useRowName, useValues } from '../use-values.js';
import './chart.css';

interface Props {
  view: ReportView;
  /** Which number. */
  index: number;
  onDrill: (place: ReportPlace) => void;
}

/** Queues, agents… by one number, the greatest first. The bar is only drawn; the number beside it says the same. */
export function BarList({ view, index, onDrill }: Props) {
  const { t } = useI18n();
  const show = useValues();
  const rowName = useRowName(view.by);
  const column = view.columns[index];
  if (!column) {
    return null;
  }
  const worth = ({ values }: ReportRow) => values[index] ?? -Infinity;
  const rows = view.rows.toSorted((one, other) => worth(other) - worth(one) || 0);
  const highest = Math.max(...rows.flatMap(({ values, before }) => [values[index] ?? 0, before?.[index] ?? 0]), 0);
  const part = (value: number | null | undefined) =>
    `${String(highest > 0 ? (Math.max(0, value ?? 0) / highest) * 100 : 0)}%`;
  return (
    <ul className="bars">
      {rows.map((row) => {
        const text = show.value(row.values[index], column.unit);
        return (
          <li key={row.key}>
            <bdi className="one-line">{rowName(row)}</bdi>
            <span className="bars-room" aria-hidden>
              <span className="bars-bar" style={{ inlineSize: part(row.values[index]) }} />
              {row.before && <span className="bars-before" style={{ inlineSize: part(row.before[index]) }} />}
            </span>
            {hasBehind(row.values[index], column.unit) ? (
              <button
                type="button"
                className="reports-number"
                aria-label={t('reports.drill', { value: text })}
                onClick={() => onDrill({ row: row.key, column: column.key })}
              >
                {text}
              </button>
            ) : (
              <span>{text}</span>
            )}
            {row.before && (
              <ChangeMark now={row.values[index] ?? null} before={row.before[index] ?? null} column={column} />
            )}
          </li>
        );
      })}
    </ul>
  );
}
