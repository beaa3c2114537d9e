import { useElementSize } from '@mantine/hooks';
import { useState } from 'react';
import type { ReportColumn, ReportView } from '#contract';
import type { ReportPlace } from '../../../api/reports.js';
import { directionOf } from '../../../i18n/i18n.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { hasBehind, useColumnName, useRowName, useValues } from '../use-values.js';
import { axisOf } from './axis.js';
import './chart.css';
import { Drawing } from './drawing.js';
import { nthAt, sideOf, type Plot } from './plot.js';

interface Props {
  view: ReportView;
  index: number;
  onDrill: (place: ReportPlace) => void;
}

/**
 * One number over the time. The drawing is for the eye; a slider over it is what keys and readers of the screen go through the points by,
 * and the table says all of it.
 */
export function TimeChart({ view, index, onDrill }: Props) {
  const { t, locale } = useI18n();
  const { ref, width } = useElementSize<HTMLDivElement>();
  const [at, setAt] = useState<number | null>(null);
  const columnName = useColumnName(view.report);
  const rowName = useRowName(view.by, view.rows);
  const say = useSay(view, index);
  const show = useValues();
  const column = view.columns[index] as ReportColumn;
  const count = view.rows.length;
  const values = view.rows.map((row) => row.values[index] ?? null);
  const before = view.rows.map((row) => row.before?.[index] ?? null);
  const told = [...values, ...before].filter((value) => value !== null);
  const axis = axisOf(Math.max(0, ...told), column.unit, Math.min(0, ...told));
  const side = sideOf(axis.map((value) => show.value(value, column.unit)));
  const plot: Plot = { width, height: 300, top: 12, bottom: 30, side, isMirrored: directionOf(locale) === 'rtl' };
  const drill = (nth: number) => {
    const row = view.rows[nth];
    if (row && hasBehind(row.values[index], column.unit)) {
      onDrill({ row: row.key, column: column.key });
    }
  };
  const shown = at === null ? undefined : view.rows[at];
  return (
    <figure className="chart" ref={ref}>
      {width > 0 && (
        <Drawing
          plot={plot}
          axis={axis}
          unit={column.unit}
          names={view.rows.map((row) => rowName(row, true))}
          values={values}
          before={view.before ? before : null}
          at={at}
          onPoint={(x) => setAt(x === null ? null : nthAt(plot, x, count))}
          onPress={() => at !== null && drill(at)}
        />
      )}
      <input
        type="range"
        className="chart-slider"
        aria-label={t('reports.points', { what: columnName(column) })}
        min={0}
        max={Math.max(0, count - 1)}
        value={at ?? count - 1}
        aria-valuetext={say(at ?? count - 1)}
        onFocus={() => setAt(at ?? count - 1)}
        onBlur={() => setAt(null)}
        onChange={(event) => setAt(Number(event.currentTarget.value))}
        onKeyDown={(event) => event.key === 'Enter' && drill(at ?? count - 1)}
      />
      <figcaption className="chart-says">{shown ? say(at ?? 0) : <Legend view={view} />}</figcaption>
    </figure>
  );
}

/** A point in words. */
function useSay(view: ReportView, index: number): (nth: number) => string {
  const { t } = useI18n();
  const show = useValues();
  const rowName = useRowName(view.by, view.rows);
  return (nth) => {
    const row = view.rows[nth];
    const column = view.columns[index];
    if (!row || !column) {
      return '';
    }
    const words = { when: rowName(row), value: show.value(row.values[index], column.unit) };
    return row.before
      ? t('reports.pointBefore', { ...words, before: show.value(row.before[index], column.unit) })
      : t('reports.point', words);
  };
}

function Legend({ view }: { view: ReportView }) {
  const { t } = useI18n();
  const dayName = useRowName('day');
  if (!view.before) {
    return null;
  }
  const [from, to] = [view.before.from, view.before.to].map((key) => dayName({ key, label: null }, true));
  return (
    <>
      <span className="chart-key" data-line="now">
        {t('reports.now')}
      </span>
      <span className="chart-key" data-line="before">
        {t('reports.before', { days: t('reports.range.days', { from, to }) })}
      </span>
    </>
  );
}
