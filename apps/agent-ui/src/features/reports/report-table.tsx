import { useState } from 'react';
import type { ReportColumn, ReportRow, ReportView } from '#contract';
import type { ReportPlace } from '../../api/reports.js';
import { ScrollRegion } from '../../ui/scroll-region.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { ChangeMark } from './change-mark.js';
import { hasBehind, useColumnName, useRowName, useValues } from './use-values.js';

interface Props {
  view: ReportView;
  onDrill: (place: ReportPlace) => void;
}

/** -1: by the names or the time, as the hub told it. */
interface Order {
  index: number;
  isRising: boolean;
}

/** Every number of the report; each that has something behind it leads there. */
export function ReportTable({ view, onDrill }: Props) {
  const { t } = useI18n();
  const columnName = useColumnName(view.report);
  const rowName = useRowName(view.by, view.rows);
  const [order, setOrder] = useState<Order>({ index: -1, isRising: true });
  const sortBy = (index: number) =>
    setOrder((now) => ({ index, isRising: now.index === index ? !now.isRising : index === -1 }));
  const head = (index: number, name: string) => (
    <th
      key={index}
      scope="col"
      aria-sort={order.index === index ? (order.isRising ? 'ascending' : 'descending') : 'none'}
    >
      <button type="button" aria-label={t('reports.sort', { column: name })} onClick={() => sortBy(index)}>
        {name} <span aria-hidden>{order.index === index ? (order.isRising ? '↑' : '↓') : ''}</span>
      </button>
    </th>
  );
  return (
    <ScrollRegion className="reports-scroll" label={t(`reports.name.${view.report}`)}>
      <table className="reports-table">
        <thead>
          <tr>
            {head(-1, t(`reports.by.${view.by}`))}
            {view.columns.map((column, index) => head(index, columnName(column)))}
          </tr>
        </thead>
        <tbody>
          {sorted(view.rows, order).map((row) => (
            <Row key={row.key} row={row} name={rowName(row)} view={view} onDrill={onDrill} />
          ))}
        </tbody>
        <tfoot>
          <Row row={view.total} name={t('reports.total')} view={view} onDrill={onDrill} />
        </tfoot>
      </table>
    </ScrollRegion>
  );
}

function sorted(rows: ReportRow[], { index, isRising }: Order): ReportRow[] {
  if (index === -1) {
    return isRising ? rows : rows.toReversed();
  }
  const way = isRising ? 1 : -1;
  // What has no value stands last, whichever way it is sorted.
  const worth = ({ values }: ReportRow) => values[index] ?? (isRising ? Infinity : -Infinity);
  return rows.toSorted((one, other) => (worth(one) === worth(other) ? 0 : way * (worth(one) - worth(other))));
}

interface RowProps extends Props {
  row: ReportRow;
  name: string;
}

function Row({ row, name, view, onDrill }: RowProps) {
  return (
    <tr>
      <th scope="row">
        <bdi>{name}</bdi>
      </th>
      {view.columns.map((column, index) => (
        <td key={column.key}>
          <Value
            row={row}
            index={index}
            column={column}
            onDrill={() => onDrill({ row: row === view.total ? null : row.key, column: column.key })}
          />
        </td>
      ))}
    </tr>
  );
}

interface ValueProps {
  row: ReportRow;
  index: number;
  column: ReportColumn;
  onDrill: () => void;
}

function Value({ row, index, column, onDrill }: ValueProps) {
  const { t } = useI18n();
  const value = row.values[index] ?? null;
  const text = useValues().value(value, column.unit);
  const before = row.before?.[index] ?? null;
  return (
    <>
      {hasBehind(value, column.unit) ? (
        <button
          type="button"
          className="reports-number"
          aria-label={t('reports.drill', { value: text })}
          onClick={onDrill}
        >
          {text}
        </button>
      ) : (
        <span>{text}</span>
      )}
      {row.before && <ChangeMark now={value} before={before} column={column} />}
    </>
  );
}
