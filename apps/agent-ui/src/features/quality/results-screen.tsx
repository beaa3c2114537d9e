import { Button, NativeSelect, Skeleton } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ResultRow, ResultsBy, ResultsView } from '#contract';
import { quality, qualityKeys, type ResultsWish } from '../../api/quality.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { DayField } from '../../ui/dates/day-field.js';
import { useReaderPlace } from '../../ui/dates/use-reader-place.js';
import { shownDay, wordsOf } from '../../ui/field-words.js';
import { IconDownload } from '../../ui/icons.js';
import { ScrollRegion } from '../../ui/scroll-region.js';
import { Empty, Failed } from '../../ui/states.js';
import { lastDays } from './last-days.js';
import { usePercent } from './use-percent.js';

const cuts: readonly ResultsBy[] = ['agent', 'question', 'week'];
const usualDays = 30;

export function ResultsScreen() {
  const place = useReaderPlace();
  const [wish, setWish] = useState<ResultsWish>(() => ({
    by: 'agent',
    ...lastDays(usualDays, place),
    calendar: place.calendar,
  }));
  const answer = useQuery({
    queryKey: qualityKeys.results(wish),
    queryFn: ({ signal }) => quality.results(wish, signal),
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <Bar wish={wish} onChange={(part) => setWish((known) => ({ ...known, ...part }))} />
      {answer.isPending && <Skeleton height={200} />}
      {answer.isError && <Failed error={answer.error} retry={() => void answer.refetch()} />}
      {answer.data && <Table results={answer.data} />}
    </>
  );
}

function Bar({ wish, onChange }: { wish: ResultsWish; onChange: (part: Partial<ResultsWish>) => void }) {
  const { t, locale } = useI18n();
  return (
    <div className="quality-row quality-bar">
      <NativeSelect
        label={t('quality.cut')}
        value={wish.by}
        onChange={(event) => onChange({ by: event.currentTarget.value as ResultsBy })}
        data={cuts.map((value) => ({ value, label: t(`quality.by_${value}`) }))}
      />
      <DayField
        isPlain
        label={t('quality.period')}
        value={wish.from}
        max={wish.to}
        onChange={(from) => from !== null && onChange({ from })}
      />
      <DayField
        isPlain
        label={t('quality.to')}
        value={wish.to}
        min={wish.from}
        onChange={(to) => to !== null && onChange({ to })}
      />
      <Button
        component="a"
        variant="default"
        href={quality.file(wish, locale)}
        download
        leftSection={<IconDownload size={15} />}
      >
        {t('quality.csv')}
      </Button>
    </div>
  );
}

function Table({ results }: { results: ResultsView }) {
  const { t, format } = useI18n();
  const percent = usePercent();
  const { by, rows, total } = results;
  if (total.reviews === 0) {
    return <Empty>{t('quality.noResults')}</Empty>;
  }
  const cells = ({ reviews, average, failed }: ResultsView['total']) => (
    <>
      <td>{format.number(reviews)}</td>
      <td>
        <span className="quality-average">
          <span>{percent(average)}</span>
          {average !== null && <progress max={100} value={average} aria-hidden />}
        </span>
      </td>
      <td>{format.number(failed)}</td>
    </>
  );
  return (
    <ScrollRegion className="quality-scroll" label={t('quality.results')}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t(`quality.${by}`)}</th>
            <th scope="col">{t('quality.reviews')}</th>
            <th scope="col">{t('quality.average')}</th>
            <th scope="col">{t(by === 'question' ? 'quality.notReached' : 'quality.failedCount')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>
              <th scope="row">
                <RowName row={row} by={by} />
              </th>
              {cells(row)}
            </tr>
          ))}
        </tbody>
        {by !== 'question' && (
          <tfoot>
            <tr>
              <th scope="row">{t('quality.all')}</th>
              {cells(total)}
            </tr>
          </tfoot>
        )}
      </table>
    </ScrollRegion>
  );
}

function RowName({ row, by }: { row: ResultRow; by: ResultsBy }) {
  const { locale, format } = useI18n();
  if (by === 'week') {
    return <>{shownDay(row.key, format)}</>;
  }
  return <bdi>{row.words ? wordsOf(row.words, locale) : row.name}</bdi>;
}
