import type { StaffingCell, StaffingView } from '#contract';
import { useState } from 'react';
import { reportKeys, reports } from '../../api/reports.js';
import { ScrollRegion } from '../../ui/scroll-region.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { BehindDrawer } from './behind-list.js';
import { useReaderPlace } from '../../ui/dates/use-reader-place.js';
import { useValues } from './use-values.js';
import { hoursOfDay, useWeekWords, weekOf } from './use-week.js';

interface Props {
  view: StaffingView;
  compared: StaffingView | undefined;
}

/** People on duty, hour by hour; with a comparison, what each hour would become. */
export function StaffingWeek({ view, compared }: Props) {
  const { t } = useI18n();
  const { calendar } = useReaderPlace();
  const words = useWeekWords();
  const most = Math.max(1, ...view.cells.map(({ agents }) => agents));
  const cells = byHour(view);
  const others = compared && byHour(compared);
  const [behind, setBehind] = useState<StaffingCell | null>(null);
  return (
    <>
      <ScrollRegion className="reports-scroll" label={t('reports.staffing.table')}>
        <table className="reports-week">
          <thead>
            <tr>
              <th scope="col">{t('reports.staffing.hour')}</th>
              {hoursOfDay.map((hour) => (
                <th key={hour} scope="col">
                  {words.shortHour(hour)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {weekOf(calendar).map((weekday) => (
              <tr key={weekday}>
                <th scope="row">{words.weekday(weekday)}</th>
                {hoursOfDay.map((hour) => {
                  const place = `${String(weekday)} ${String(hour)}`;
                  return (
                    <Cell
                      key={hour}
                      cell={cells.get(place)}
                      other={others?.get(place)}
                      most={most}
                      onOpen={setBehind}
                    />
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      {behind && <Behind view={view} cell={behind} onClose={() => setBehind(null)} />}
    </>
  );
}

function byHour({ cells }: StaffingView): Map<string, StaffingCell> {
  return new Map(cells.map((cell) => [`${String(cell.weekday)} ${String(cell.hour)}`, cell]));
}

const came = { measure: 'arrivals', atOnce: true } as const;

/** What came in such an hour of the weeks that the figure follows from. */
function Behind({ view, cell, onClose }: { view: StaffingView; cell: StaffingCell; onClose: () => void }) {
  const { t, format } = useI18n();
  const words = useWeekWords();
  const { queue, weeks, from, to, zone } = view;
  const { weekday, hour, arrivals } = cell;
  const period = { from, to, zone, queue: queue === null ? [] : [queue], channel: [], agent: [], tag: [] };
  return (
    <BehindDrawer
      title={t('reports.heat.behind', {
        value: format.number(Math.round(arrivals * weeks)),
        column: t('reports.staffing.came', { count: weeks }),
        day: words.weekday(weekday),
        hour: words.hour(hour),
      })}
      source={{
        key: reportKeys.ofHour(period, came, { weekday, hour }),
        read: (cursor, signal) => reports.hourBehind({ ...period, ...came, weekday, hour, cursor }, signal),
        unit: 'count',
      }}
      onClose={onClose}
    />
  );
}

/** A tint that leaves the digits as they are, in either scheme. */
const deepest = 30;

function Cell({
  cell,
  other,
  most,
  onOpen,
}: {
  cell: StaffingCell | undefined;
  other: StaffingCell | undefined;
  most: number;
  onOpen: (cell: StaffingCell) => void;
}) {
  const { t, format } = useI18n();
  const words = useWeekWords();
  const show = useValues();
  if (!cell || cell.agents === 0) {
    return <td>–</td>;
  }
  const tint = Math.round((cell.agents / most) * deepest);
  const isOther = other !== undefined && other.agents !== cell.agents;
  const number = format.number(cell.agents);
  const text = isOther ? t('reports.staffing.change', { a: number, b: format.number(other.agents) }) : number;
  return (
    <td
      style={{ background: `color-mix(in srgb, var(--accent) ${String(tint)}%, var(--sheet-2))` }}
      title={t('reports.staffing.cell', {
        day: words.weekday(cell.weekday),
        hour: words.hour(cell.hour),
        agents: cell.agents,
        arrivals: show.short(cell.arrivals),
      })}
    >
      <button
        type="button"
        className="reports-hour"
        aria-label={t('reports.drill', { value: text })}
        onClick={() => onOpen(cell)}
      >
        {text}
      </button>
    </td>
  );
}
