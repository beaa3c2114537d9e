import { NativeSelect, Skeleton } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { StaffingView } from '#contract';
import { useQueues } from '../../api/queries.js';
import { reportKeys, reports, type StaffingWish } from '../../api/reports.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { localZone } from '../../ui/dates/instants.js';
import { Empty, Failed } from '../../ui/states.js';
import { NumberField } from '../../ui/number-field.js';
import { StaffingWeek } from './staffing-week.js';
import { useValues } from './use-values.js';

const hundred = 100;
const usual = { queue: null, weeks: 4, share: 0.8, seconds: 60, shrinkage: 0.3 };

/** How many people are needed when, and what another promise would cost. */
export function StaffingScreen() {
  const { t } = useI18n();
  const [wish, setWish] = useState<StaffingWish>(() => ({ ...usual, zone: localZone() }));
  const [other, setOther] = useState<number | null>(null);
  const plan = usePlan(wish, true);
  const compared = usePlan({ ...wish, share: other ?? wish.share }, other !== null);
  return (
    <>
      <p className="reports-hint">{t('reports.staffing.intro')}</p>
      <Terms
        wish={wish}
        onWish={(change) => setWish((known) => ({ ...known, ...change }))}
        other={other}
        onOther={setOther}
      />
      {plan.isPending && <Skeleton height={360} />}
      {plan.isError && <Failed what={t('reports.failed')} error={plan.error} retry={() => void plan.refetch()} />}
      {plan.data && !plan.isError && <Plan view={plan.data} compared={other === null ? undefined : compared.data} />}
    </>
  );
}

function usePlan(wish: StaffingWish, enabled: boolean) {
  return useQuery({
    queryKey: reportKeys.staffing(wish),
    queryFn: ({ signal }) => reports.staffing(wish, signal),
    placeholderData: keepPreviousData,
    enabled,
  });
}

interface TermsProps {
  wish: StaffingWish;
  onWish: (change: Partial<StaffingWish>) => void;
  other: number | null;
  onOther: (share: number | null) => void;
}

function Terms({ wish, onWish, other, onOther }: TermsProps) {
  const { t } = useI18n();
  const queues = useQueues();
  const percent = (share: number) => Math.round(share * hundred);
  const field = (name: 'weeks' | 'share' | 'seconds' | 'shrinkage', least: number, most: number) => {
    const isShare = name === 'share' || name === 'shrinkage';
    return (
      <NumberField
        label={t(`reports.staffing.${name}`)}
        description={t(`reports.staffing.${name}Hint`)}
        least={least}
        most={most}
        value={isShare ? percent(wish[name]) : wish[name]}
        onChange={(value) => onWish({ [name]: isShare ? value / hundred : value })}
      />
    );
  };
  return (
    <div className="reports-bar">
      <NativeSelect
        label={t('reports.staffing.queue')}
        value={wish.queue ?? ''}
        onChange={(event) => onWish({ queue: event.currentTarget.value || null })}
        data={[
          { value: '', label: t('reports.staffing.allQueues') },
          ...queues.map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
      {field('weeks', 1, 26)}
      {field('share', 10, 99)}
      {field('seconds', 0, 3_600)}
      {field('shrinkage', 0, 80)}
      <NumberField
        label={t('reports.staffing.what')}
        description={t('reports.staffing.whatHint')}
        least={10}
        most={99}
        value={other === null ? null : percent(other)}
        onChange={(value) => onOther(value / hundred)}
        onClear={() => onOther(null)}
      />
    </div>
  );
}

function Plan({ view, compared }: { view: StaffingView; compared: StaffingView | undefined }) {
  const { t } = useI18n();
  const show = useValues();
  if (view.handleSeconds === null) {
    return <Empty>{t('reports.staffing.noHandle')}</Empty>;
  }
  const hours = sumOf(view);
  const more = compared ? sumOf(compared) - hours : 0;
  const difference =
    more === 0
      ? t('reports.staffing.equal')
      : t(more > 0 ? 'reports.staffing.moreHours' : 'reports.staffing.lessHours', { count: Math.abs(more) });
  return (
    <section className="reports-sheet" aria-label={t('reports.staffing.table')}>
      <p className="reports-hint">
        {t('reports.staffing.handle', { time: show.value(view.handleSeconds, 'seconds'), count: view.handled })}{' '}
        <strong>{t('reports.staffing.sum', { count: hours })}</strong>
        {compared && (
          <>
            {' · '}
            <strong>
              {t('reports.staffing.sumIf', {
                count: sumOf(compared),
                share: show.percent(compared.share),
                more: difference,
              })}
            </strong>
          </>
        )}
      </p>
      <StaffingWeek view={view} compared={compared} />
    </section>
  );
}

function sumOf({ cells }: StaffingView): number {
  return cells.reduce((sum, { agents }) => sum + agents, 0);
}
