import { NativeSelect, Skeleton } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { HeatMeasure, HeatView } from '#contract';
import { reportKeys, reports, type ReportPeriod, type WeekHour } from '../../api/reports.js';
import { ScrollRegion } from '../../ui/scroll-region.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { Empty, Failed } from '../../ui/states.js';
import { BehindDrawer } from './behind-list.js';
import { RangeBar } from './range-bar.js';
import type { SearchProps } from './reports-page.js';
import { useReaderPlace } from '../../ui/dates/use-reader-place.js';
import { useQuestion } from './use-question.js';
import { hoursOfDay, useWeekWords, weekOf } from './use-week.js';

const measures: readonly HeatMeasure[] = ['arrivals', 'replies', 'solved'];

/** When in the week it happens. It is a table already: the colour only repeats its numbers. */
export function HeatScreen({ search, onSearch }: SearchProps) {
  const { t } = useI18n();
  const [measure, setMeasure] = useState<HeatMeasure>('arrivals');
  const { from, to, zone, queue, channel, agent, tag } = useQuestion('volume', search);
  const period = { from, to, zone, queue, channel, agent, tag };
  const answer = useQuery({
    queryKey: reportKeys.heat(period, measure),
    queryFn: ({ signal }) => reports.heat(period, measure, signal),
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <RangeBar search={search} onSearch={onSearch} isAlone>
        <NativeSelect
          label={t('reports.heat.label')}
          value={measure}
          onChange={(event) => setMeasure(event.currentTarget.value as HeatMeasure)}
          data={measures.map((value) => ({ value, label: t(`reports.heat.${value}`) }))}
        />
      </RangeBar>
      {answer.isPending && <Skeleton height={340} />}
      {answer.isError && <Failed what={t('reports.failed')} error={answer.error} retry={() => void answer.refetch()} />}
      {answer.data && !answer.isError && <Heat view={answer.data} period={period} />}
    </>
  );
}

/** Above it the ground is dark enough for light digits. */
const strong = 0.55;

function Heat({ view, period }: { view: HeatView; period: ReportPeriod }) {
  const { t, format } = useI18n();
  const { calendar } = useReaderPlace();
  const words = useWeekWords();
  const [behind, setBehind] = useState<WeekHour | null>(null);
  if (view.max === 0) {
    return <Empty>{t('reports.empty')}</Empty>;
  }
  const wish = { measure: view.measure, atOnce: false };
  const week = weekOf(calendar);
  const most = week
    .flatMap((weekday) => hoursOfDay.map((hour) => ({ weekday, hour })))
    .find(({ weekday, hour }) => view.days[weekday - 1]?.[hour] === view.max);
  return (
    <section className="reports-sheet" aria-label={t(`reports.heat.${view.measure}`)}>
      <p className="reports-hint">
        {t('reports.heat.hint')}{' '}
        {most && t('reports.heat.busiest', { day: words.weekday(most.weekday), hour: words.hour(most.hour) })}
      </p>
      <ScrollRegion className="reports-scroll" label={t('reports.name.heat')}>
        <table className="reports-week">
          <thead>
            <tr>
              <th scope="col">{t('reports.heat.day')}</th>
              {hoursOfDay.map((hour) => (
                <th key={hour} scope="col">
                  {words.shortHour(hour)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {week.map((weekday) => (
              <tr key={weekday}>
                <th scope="row">{words.weekday(weekday)}</th>
                {hoursOfDay.map((hour) => {
                  const value = view.days[weekday - 1]?.[hour] ?? 0;
                  const share = value / view.max;
                  return (
                    <td
                      key={hour}
                      title={t('reports.heat.cell', {
                        day: words.weekday(weekday),
                        hour: words.hour(hour),
                        value: format.number(value),
                      })}
                      style={{
                        background: `color-mix(in srgb, var(--accent) ${String(Math.round(share * 100))}%, var(--sheet-2))`,
                        color: share > strong ? 'var(--on-accent)' : 'var(--ink)',
                      }}
                    >
                      <HourNumber value={value} onOpen={() => setBehind({ weekday, hour })} />
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      {behind && (
        <BehindDrawer
          title={t('reports.heat.behind', {
            value: format.number(view.days[behind.weekday - 1]?.[behind.hour] ?? 0),
            column: t(`reports.heat.${view.measure}`),
            day: words.weekday(behind.weekday),
            hour: words.hour(behind.hour),
          })}
          source={{
            key: reportKeys.ofHour(period, wish, behind),
            read: (cursor, signal) => reports.hourBehind({ ...period, ...wish, ...behind, cursor }, signal),
            unit: 'count',
          }}
          onClose={() => setBehind(null)}
        />
      )}
    </section>
  );
}

function HourNumber({ value, onOpen }: { value: number; onOpen: () => void }) {
  const { t, format } = useI18n();
  const text = format.number(value);
  return value === 0 ? (
    text
  ) : (
    <button type="button" className="reports-hour" aria-label={t('reports.drill', { value: text })} onClick={onOpen}>
      {text}
    </button>
  );
}
