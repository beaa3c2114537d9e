import { NativeSelect, Stack, Switch, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import type { ChannelView, ReportCompare, ReportName, ReportScheduleView, ReportWish } from '#contract';
import { channelsQuery } from '../../api/queries.js';
import { reports, type ScheduleWish } from '../../api/reports.js';
import { locales, type Locale } from '../../i18n/i18n.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { TimeField } from '../../ui/dates/time-field.js';
import { FormEnd } from '../../ui/form-end.js';
import { Empty } from '../../ui/states.js';
import { nextSending } from './next-sending.js';
import { reportNames } from './report-search.js';
import { useReaderPlace } from '../../ui/dates/use-reader-place.js';

interface Props {
  schedule: ReportScheduleView | null;
  onSaved: () => void;
  onCancel: () => void;
}

export function ScheduleForm(props: Props) {
  const { t } = useI18n();
  const channels = useQuery(channelsQuery).data?.filter(({ kind }) => kind === 'email');
  if (channels?.length === 0) {
    return <Empty>{t('reports.schedules.noChannel')}</Empty>;
  }
  return channels ? <Form {...props} channels={channels} /> : null;
}

const rhythms: readonly ReportScheduleView['every'][] = ['day', 'week', 'month'];
const comparisons: readonly ReportCompare[] = ['none', 'previous', 'year'];

function Form({ schedule, onSaved, onCancel, channels }: Props & { channels: ChannelView[] }) {
  const { t, locale } = useI18n();
  const { zone, calendar } = useReaderPlace();
  const [draft, setDraft] = useState<ScheduleWish>(
    () => wishOf(schedule) ?? { ...usual, zone, locale, query: { calendar }, channelId: channels[0]?.id ?? '' },
  );
  const [to, setTo] = useState(draft.to.join(', '));
  const change = (part: Partial<ScheduleWish>) => setDraft((known) => ({ ...known, ...part }));
  const save = useMutation({
    mutationFn: (wish: ScheduleWish) =>
      schedule ? reports.changeSchedule(schedule.id, wish) : reports.addSchedule(wish),
    onSuccess: onSaved,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ ...draft, name: draft.name.trim(), to: to.split(/[\s,،;]+/u).filter((one) => one !== '') });
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput
          label={t('reports.schedules.name')}
          required
          maxLength={100}
          value={draft.name}
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
        <What draft={draft} onChange={change} />
        <When draft={draft} onChange={change} />
        <TextInput
          label={t('reports.schedules.to')}
          description={t('reports.schedules.toHint')}
          dir="ltr"
          required
          value={to}
          onChange={(event) => setTo(event.currentTarget.value)}
        />
        <NativeSelect
          label={t('reports.schedules.channel')}
          value={draft.channelId}
          onChange={(event) => change({ channelId: event.currentTarget.value })}
          data={channels.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <Switch
          label={t('reports.schedules.enabled')}
          checked={draft.enabled}
          onChange={(event) => change({ enabled: event.currentTarget.checked })}
        />
        <FormEnd error={save.error} isSaving={save.isPending} onCancel={onCancel} />
      </Stack>
    </form>
  );
}

interface PartProps {
  draft: ScheduleWish;
  onChange: (part: Partial<ScheduleWish>) => void;
}

function What({ draft, onChange }: PartProps) {
  const { t } = useI18n();
  return (
    <>
      <NativeSelect
        label={t('reports.schedules.report')}
        value={draft.report}
        // What another report is cut by means nothing here.
        onChange={(event) =>
          onChange({ report: event.currentTarget.value as ReportName, query: withoutBy(draft.query) })
        }
        data={reportNames.map((value) => ({ value, label: t(`reports.name.${value}`) }))}
      />
      <NativeSelect
        label={t('reports.compare.label')}
        value={draft.query.compare ?? 'none'}
        onChange={(event) =>
          onChange({ query: { ...draft.query, compare: event.currentTarget.value as ReportCompare } })
        }
        data={comparisons.map((value) => ({ value, label: t(`reports.compare.${value}`) }))}
      />
      <NativeSelect
        label={t('reports.schedules.locale')}
        value={draft.locale}
        onChange={(event) => onChange({ locale: event.currentTarget.value as Locale })}
        data={locales.map((value) => ({ value, label: t(`language.${value}`) }))}
      />
    </>
  );
}

function When({ draft, onChange }: PartProps) {
  const { t, format } = useI18n();
  const [now] = useState(() => new Date());
  const next = nextSending({ ...draft, calendar: draft.query.calendar ?? 'gregorian' }, now);
  return (
    <>
      <NativeSelect
        label={t('reports.schedules.every')}
        value={draft.every}
        onChange={(event) => onChange({ every: event.currentTarget.value as ScheduleWish['every'] })}
        data={rhythms.map((value) => ({ value, label: t(`reports.schedules.${value}`) }))}
      />
      <TimeField
        isNeeded
        label={t('reports.schedules.at')}
        value={draft.atLocalTime}
        onChange={(time) => time !== null && onChange({ atLocalTime: time })}
      />
      <p className="reports-hint">
        {draft.enabled ? t('reports.schedules.next', { time: format.dateTime(next) }) : t('reports.schedules.paused')}
      </p>
    </>
  );
}

function withoutBy(query: ReportWish): ReportWish {
  return Object.fromEntries(Object.entries(query).filter(([name]) => name !== 'by'));
}

const usual = {
  name: '',
  report: 'volume',
  every: 'week',
  atLocalTime: '08:00',
  to: [],
  enabled: true,
} as const satisfies Partial<ScheduleWish>;

function wishOf(schedule: ReportScheduleView | null): ScheduleWish | null {
  if (!schedule) {
    return null;
  }
  const { name, report, query, every, atLocalTime, zone, to, channelId, locale, enabled } = schedule;
  return { name, report, query, every, atLocalTime, zone, to, channelId, locale, enabled };
}
