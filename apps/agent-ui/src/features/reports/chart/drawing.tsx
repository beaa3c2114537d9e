import type { PointerEvent } from 'react';
import type { ReportUnit } from '#contract';
import { useValues } from '../use-values.js';
import { everyHowMany, heightOf, lineOf, placeOf, type Plot } from './plot.js';

interface Props {
  plot: Plot;
  axis: readonly number[];
  unit: ReportUnit;
  names: readonly string[];
  values: readonly (number | null)[];
  before: readonly (number | null)[] | null;
  /** The point that is looked at. */
  at: number | null;
  onPoint: (x: number | null) => void;
  onPress: () => void;
}

/** What people see beside one another stays apart as bars up to here; more of them are a line. */
const mostBars = 45;
const nameWidth = 64;

export function Drawing({ plot, axis, unit, names, values, before, at, onPoint, onPress }: Props) {
  const isOfBars = unit === 'count' && values.length <= mostBars;
  const move = (event: PointerEvent<SVGSVGElement>) =>
    onPoint(event.clientX - event.currentTarget.getBoundingClientRect().left);
  return (
    <svg
      className="chart-drawing"
      width={plot.width}
      height={plot.height}
      aria-hidden
      onPointerMove={move}
      onPointerDown={move}
      onPointerLeave={() => onPoint(null)}
      onClick={onPress}
    >
      <Values plot={plot} axis={axis} unit={unit} />
      <Names plot={plot} names={names} />
      {at !== null && <line className="chart-at" {...upright(plot, placeOf(plot, at, values.length))} />}
      {isOfBars ? (
        <Bars plot={plot} axis={axis} values={values} at={at} />
      ) : (
        <path className="chart-line" d={lineOf(plot, values, axis)} />
      )}
      {before && <path className="chart-line-before" d={lineOf(plot, before, axis)} />}
      {!isOfBars && <Points plot={plot} axis={axis} values={values} at={at} />}
    </svg>
  );
}

function upright(plot: Plot, x: number) {
  return { x1: x, x2: x, y1: plot.top, y2: plot.height - plot.bottom };
}

function Values({ plot, axis, unit }: Pick<Props, 'plot' | 'axis' | 'unit'>) {
  const show = useValues();
  const x = plot.isMirrored ? plot.width - plot.side + 8 : plot.side - 8;
  return axis.map((value) => {
    const y = heightOf(plot, value, axis);
    return (
      <g key={value}>
        <line
          className="chart-grid"
          x1={plot.isMirrored ? 0 : plot.side}
          x2={plot.isMirrored ? plot.width - plot.side : plot.width}
          y1={y}
          y2={y}
        />
        {/* An end is where a text ends in its own direction: both languages have it beside the drawing. */}
        <text className="chart-words" x={x} y={y + 4} textAnchor="end">
          {show.value(value, unit)}
        </text>
      </g>
    );
  });
}

function Names({ plot, names }: Pick<Props, 'plot' | 'names'>) {
  const every = everyHowMany(plot, names.length, nameWidth);
  return names.map((name, nth) =>
    nth % every === 0 ? (
      <text
        key={`${String(nth)} ${name}`}
        className="chart-words"
        x={placeOf(plot, nth, names.length)}
        y={plot.height - 8}
        textAnchor="middle"
      >
        {name}
      </text>
    ) : null,
  );
}

function Bars({ plot, axis, values, at }: Pick<Props, 'plot' | 'axis' | 'values' | 'at'>) {
  const width = Math.min(36, ((plot.width - plot.side) / Math.max(1, values.length)) * 0.66);
  const ground = heightOf(plot, 0, axis);
  return values.map((value, nth) => {
    const top = heightOf(plot, value ?? 0, axis);
    return (
      <rect
        key={String(nth)}
        className="chart-bar"
        data-at={nth === at}
        x={placeOf(plot, nth, values.length) - width / 2}
        y={Math.min(top, ground)}
        width={width}
        height={Math.abs(ground - top)}
        rx={2}
      />
    );
  });
}

/** A value between two gaps has no line, and would not be seen. */
function Points({ plot, axis, values, at }: Pick<Props, 'plot' | 'axis' | 'values' | 'at'>) {
  return values.map((value, nth) =>
    value !== null && (nth === at || isAlone(values, nth)) ? (
      <circle
        key={String(nth)}
        className="chart-point"
        cx={placeOf(plot, nth, values.length)}
        cy={heightOf(plot, value, axis)}
        r={4}
      />
    ) : null,
  );
}

function isAlone(values: readonly (number | null)[], nth: number): boolean {
  return (values[nth - 1] ?? null) === null && (values[nth + 1] ?? null) === null;
}
