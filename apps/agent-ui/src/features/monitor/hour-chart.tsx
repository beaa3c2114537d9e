import { Button } from '@mantine/core';
import { useState } from 'react';
import { useI18n } from '../../i18n/use-i18n.js';
import { ScrollTable } from './scroll-table.js';
import type { ShownBoard } from './use-board.js';

const shape = { width: 480, height: 150, foot: 18, head: 6 };
const half = 2;

/** What came in and what was solved, hour by hour of today; as a table where somebody wants the numbers. */
export function HourChart({ shown: { board } }: { shown: ShownBoard }) {
  const { t } = useI18n();
  const [isTable, setTable] = useState(false);
  return (
    <div className="board-card">
      <div className="board-card-head">
        <h2 id="board-hours">{t('monitor.hours')}</h2>
        <Button variant="subtle" size="compact-sm" onClick={() => setTable(!isTable)}>
          {isTable ? t('monitor.asChart') : t('monitor.asTable')}
        </Button>
      </div>
      {isTable ? <Table hours={board.hours} /> : <Bars hours={board.hours} />}
      <p className="board-note">{t('monitor.zone', { zone: board.zone })}</p>
    </div>
  );
}

type Hours = ShownBoard['board']['hours'];

function Bars({ hours }: { hours: Hours }) {
  const { t, locale, format } = useI18n();
  const most = Math.max(1, ...hours.arrived, ...hours.solved);
  const slot = shape.width / hours.arrived.length;
  const bar = (slot - half) / half;
  const room = shape.height - shape.foot - shape.head;
  const isReversed = locale === 'fa';
  const sum = (values: number[]) => format.number(values.reduce((all, one) => all + one, 0));
  const told = t('monitor.hoursTold', { arrived: sum(hours.arrived), solved: sum(hours.solved) });
  return (
    <>
      <p className="unseen">{told}</p>
      <ul className="board-legend">
        <li data-series="arrived">{t('monitor.arrived')}</li>
        <li data-series="solved">{t('monitor.solved')}</li>
      </ul>
      <svg className="board-bars" viewBox={`0 0 ${String(shape.width)} ${String(shape.height)}`} aria-hidden="true">
        {hours.arrived.map((arrived, hour) => {
          const place = isReversed ? hours.arrived.length - 1 - hour : hour;
          const pair = [arrived, hours.solved[hour] ?? 0] as const;
          const ordered = isReversed ? [pair[1], pair[0]] : pair;
          return (
            <g key={hour} transform={`translate(${String(place * slot)} 0)`}>
              {ordered.map((value, side) => (
                <rect
                  key={side}
                  data-series={(side === 0) === isReversed ? 'solved' : 'arrived'}
                  x={side * bar + 1}
                  width={Math.max(1, bar - 1)}
                  y={shape.head + room * (1 - value / most)}
                  height={(room * value) / most}
                  rx={2}
                />
              ))}
              {hour % 3 === 0 && (
                <text x={slot / half} y={shape.height - 4} textAnchor="middle">
                  {format.digits(hour)}
                </text>
              )}
            </g>
          );
        })}
        <line x1={0} x2={shape.width} y1={shape.height - shape.foot} y2={shape.height - shape.foot} />
      </svg>
    </>
  );
}

function Table({ hours }: { hours: Hours }) {
  const { t, format } = useI18n();
  return (
    <ScrollTable labelledBy="board-hours">
      <table className="board-table">
        <thead>
          <tr>
            <th scope="col">{t('monitor.hour')}</th>
            <th scope="col">{t('monitor.arrived')}</th>
            <th scope="col">{t('monitor.solved')}</th>
          </tr>
        </thead>
        <tbody>
          {hours.arrived.map((arrived, hour) => (
            <tr key={hour}>
              <th scope="row">{format.digits(hour)}</th>
              <td>{format.number(arrived)}</td>
              <td>{format.number(hours.solved[hour] ?? 0)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollTable>
  );
}
