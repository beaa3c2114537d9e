import { Button, Skeleton } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReportScheduleView } from '#contract';
import { reportKeys, reports } from '../../api/reports.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { Dialog } from '../../ui/dialog.js';
import { IconPlus } from '../../ui/icons.js';
import { notify } from '../../ui/notify.js';
import { Empty, Failed } from '../../ui/states.js';
import { useAction } from '../../ui/use-action.js';
import { ScheduleForm } from './schedule-form.js';
import { useWhy } from './use-why.js';

/** Reports that come by mail. */
export function SchedulesScreen() {
  const { t } = useI18n();
  const client = useQueryClient();
  const [edited, setEdited] = useState<ReportScheduleView | 'new' | null>(null);
  const fresh = () => void client.invalidateQueries({ queryKey: reportKeys.schedules });
  return (
    <>
      <p className="reports-hint">{t('reports.schedules.intro')}</p>
      <p className="reports-hint">
        <Button leftSection={<IconPlus size={16} />} onClick={() => setEdited('new')}>
          {t('reports.schedules.add')}
        </Button>
      </p>
      <List onEdit={setEdited} onChanged={fresh} />
      {edited && (
        <Dialog
          title={t(edited === 'new' ? 'reports.schedules.add' : 'reports.schedules.edit')}
          onClose={() => setEdited(null)}
        >
          <ScheduleForm
            schedule={edited === 'new' ? null : edited}
            onSaved={() => {
              setEdited(null);
              fresh();
            }}
            onCancel={() => setEdited(null)}
          />
        </Dialog>
      )}
    </>
  );
}

interface ListProps {
  onEdit: (schedule: ReportScheduleView) => void;
  onChanged: () => void;
}

function List({ onEdit, onChanged }: ListProps) {
  const { t } = useI18n();
  const answer = useQuery({ queryKey: reportKeys.schedules, queryFn: ({ signal }) => reports.schedules(signal) });
  if (answer.isPending) {
    return <Skeleton height={160} />;
  }
  if (answer.isError) {
    return <Failed error={answer.error} retry={() => void answer.refetch()} />;
  }
  if (answer.data.length === 0) {
    return <Empty>{t('reports.schedules.none')}</Empty>;
  }
  return (
    <ul className="reports-list" aria-label={t('reports.schedules.list')}>
      {answer.data.map((one) => (
        <One key={one.id} schedule={one} onEdit={onEdit} onChanged={onChanged} />
      ))}
    </ul>
  );
}

function One({ schedule, onEdit, onChanged }: ListProps & { schedule: ReportScheduleView }) {
  const { t, format } = useI18n();
  const { id, name } = schedule;
  const whyOf = useWhy();
  const remove = useAction((one: string) => reports.removeSchedule(one), onChanged);
  const send = useAction(
    (one: string) => reports.sendSchedule(one),
    () => {
      notify(t('reports.schedules.sent', { name }));
      onChanged();
    },
  );
  return (
    <li>
      <div className="reports-list-words">
        <strong>
          <bdi>{name}</bdi>
        </strong>
        <span>
          {t(`reports.name.${schedule.report}`)} · {t(`reports.schedules.${schedule.every}`)}
        </span>
        <bdi dir="ltr">{schedule.to.join(', ')}</bdi>
        <span>
          {schedule.enabled && schedule.nextAt
            ? t('reports.schedules.next', { time: format.dateTime(schedule.nextAt) })
            : t('reports.schedules.paused')}
        </span>
        {schedule.lastProblem && (
          <span data-tone="bad">{t('reports.schedules.problem', { why: whyOf(schedule.lastProblem) })}</span>
        )}
        <small>
          {schedule.lastSentAt
            ? t('reports.schedules.last', { time: format.dateTime(schedule.lastSentAt) })
            : t('reports.schedules.never')}
          {' · '}
          {t('reports.schedules.owner', { who: schedule.owner.name })}
        </small>
      </div>
      <Button variant="light" loading={send.isPending} onClick={() => send.mutate(id)}>
        {t('reports.schedules.send')}
      </Button>
      <Button variant="default" onClick={() => onEdit(schedule)}>
        {t('reports.schedules.change')}
      </Button>
      <Button variant="subtle" color="gray" loading={remove.isPending} onClick={() => remove.mutate(id)}>
        {t('reports.schedules.remove')}
      </Button>
    </li>
  );
}
