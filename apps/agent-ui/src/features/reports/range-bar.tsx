import { NativeSelect } from '@mantine/core';
import type { ReactNode } from 'react';
import type { ReportCompare } from '#contract';
import { useI18n } from '../../i18n/use-i18n.js';
import { DayField } from '../../ui/dates/day-field.js';
import { FilterMenu } from './filter-menu.js';
import { isPreset, presets } from './range.js';
import { daysOf } from './report-search.js';
import type { SearchProps } from './reports-page.js';
import { useReaderPlace } from '../../ui/dates/use-reader-place.js';

const comparisons: readonly ReportCompare[] = ['none', 'previous', 'year'];

interface Props extends SearchProps {
  /** Without a comparison, for what has none. */
  isAlone?: boolean;
  children?: ReactNode;
}

/** Which days, whose work, and beside what. */
export function RangeBar({ search, onSearch, isAlone = false, children }: Props) {
  const { t } = useI18n();
  const place = useReaderPlace();
  const { range = 'last30' } = search;
  const days = daysOf(search, place);
  // Another range has other rows: nothing is looked behind any more.
  const put = (change: Partial<typeof search>) => onSearch({ ...search, row: undefined, behind: undefined, ...change });
  const choose = (wanted: string) =>
    isPreset(wanted)
      ? put({ range: wanted, from: undefined, to: undefined })
      : put({ range: 'own', from: days.from, to: days.to });
  return (
    <div className="reports-bar">
      <NativeSelect
        label={t('reports.range.label')}
        value={range}
        onChange={(event) => choose(event.currentTarget.value)}
        data={[...presets, 'own' as const].map((value) => ({ value, label: t(`reports.range.${value}`) }))}
      />
      {range === 'own' && (
        <>
          <DayField
            isPlain
            label={t('reports.range.from')}
            value={days.from}
            max={days.to}
            onChange={(from) => from !== null && put({ range: 'own', from, to: days.to })}
          />
          <DayField
            isPlain
            label={t('reports.range.to')}
            value={days.to}
            min={days.from}
            max={place.today}
            onChange={(to) => to !== null && put({ range: 'own', from: days.from, to })}
          />
        </>
      )}
      {!isAlone && (
        <NativeSelect
          label={t('reports.compare.label')}
          value={search.compare ?? 'none'}
          onChange={(event) => put({ compare: event.currentTarget.value as ReportCompare })}
          data={comparisons.map((value) => ({ value, label: t(`reports.compare.${value}`) }))}
        />
      )}
      {children}
      <FilterMenu search={search} onChange={put} />
    </div>
  );
}
