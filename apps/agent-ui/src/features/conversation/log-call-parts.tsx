import { Autocomplete, Group, NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { ConversationView } from '#contract';
import { callSourceKeys, callSources } from '../../api/call-sources.js';
import type { LoggedCall } from '../../api/hub.js';
import { useI18n } from '../../i18n/use-i18n.js';

const outcomes = ['answered', 'missed', 'busy', 'failed', 'voicemail', 'abandoned', 'cancelled'] as const;

interface KindProps {
  direction: LoggedCall['direction'];
  outcome: LoggedCall['outcome'];
  onChange: (part: Partial<Pick<LoggedCall, 'direction' | 'outcome'>>) => void;
}

export function CallKind({ direction, outcome, onChange }: KindProps) {
  const { t } = useI18n();
  return (
    <Group grow align="start">
      <NativeSelect
        label={t('call.direction')}
        value={direction}
        onChange={(event) => onChange({ direction: event.currentTarget.value as LoggedCall['direction'] })}
        data={(['out', 'in'] as const).map((value) => ({ value, label: t(`call.${value}`) }))}
      />
      <NativeSelect
        label={t('call.outcome')}
        value={outcome}
        onChange={(event) => onChange({ outcome: event.currentTarget.value as LoggedCall['outcome'] })}
        data={outcomes.map((value) => ({ value, label: t(`call.${value}`) }))}
      />
    </Group>
  );
}

/** One of the person's numbers, or another one that they were reached at. */
export function CallNumber({
  view,
  address,
  onChange,
}: {
  view: ConversationView;
  address: string;
  onChange: (address: string) => void;
}) {
  const { t } = useI18n();
  const numbers = view.customer.identities.filter(({ kind }) => kind === 'phone').map((one) => one.address);
  return (
    <Autocomplete
      label={t('call.number')}
      description={numbers.length > 1 ? t('logCall.ownNumber') : undefined}
      type="tel"
      dir="ltr"
      required
      value={address}
      onChange={onChange}
      data={[...new Set(numbers)]}
      filter={({ options }) => options}
    />
  );
}

/** The time in the reader's own calendar, and below it how it was understood. */
export function CallWhen({
  when,
  began,
  isFuture,
  onChange,
}: {
  when: string;
  began: Date | null;
  isFuture: boolean;
  onChange: (when: string) => void;
}) {
  const { t, format } = useI18n();
  const field = useRef<HTMLInputElement>(null);
  const problem = began === null ? t('logCall.whenUnread') : isFuture ? t('logCall.whenFuture') : '';
  useEffect(() => field.current?.setCustomValidity(problem), [problem]);
  return (
    <TextInput
      ref={field}
      label={t('logCall.when')}
      description={began && !isFuture ? format.dateTime(began.toISOString()) : t('logCall.whenHint')}
      error={problem || undefined}
      dir="ltr"
      required
      value={when}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

export function CallLength({ minutes, onChange }: { minutes: string; onChange: (minutes: string) => void }) {
  const { t } = useI18n();
  return (
    <TextInput
      label={t('call.minutes')}
      inputMode="decimal"
      value={minutes}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

/** What came of it, in the organisation's own words. Where it has none nothing is asked. */
export function CallResult({ value, onChange }: { value: string; onChange: (key: string) => void }) {
  const { t, locale } = useI18n();
  const list = useQuery({
    queryKey: callSourceKeys.dispositions,
    queryFn: ({ signal }) => callSources.dispositions(signal),
  });
  const offered = (list.data ?? []).filter(({ isRetired }) => !isRetired);
  return (
    offered.length > 0 && (
      <NativeSelect
        label={t('logCall.disposition')}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        data={[
          { value: '', label: t('logCall.noDisposition') },
          ...offered.map(({ key, names }) => ({ value: key, label: names[locale] })),
        ]}
      />
    )
  );
}
