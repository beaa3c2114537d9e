import { Button, Group, Skeleton, Stack, Switch, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import type { QueueTicketsView } from '#contract';
import { keys } from '../../../api/keys.js';
import { properties } from '../../../api/properties.js';
import { latinDigits } from '../../../i18n/latin-digits.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { useTexts } from '../../../i18n/use-texts.js';
import { notify } from '../../../ui/notify.js';
import { useProblemText } from '../../../ui/problem-text.js';

/** What a queue does with its tickets besides routing them. */
export function QueueTicketsForm({ queueId }: { queueId: string }) {
  const isSpoken = useTexts('properties');
  const stored = useQuery({
    queryKey: keys.queueTickets(queueId),
    queryFn: ({ signal }) => properties.queueTickets(queueId, signal),
  });
  return isSpoken && stored.data ? <Form queueId={queueId} stored={stored.data} /> : <Skeleton height={200} />;
}

const usualDays = 7;

function Form({ queueId, stored }: { queueId: string; stored: QueueTicketsView }) {
  const { t } = useI18n();
  const problemText = useProblemText();
  const cache = useQueryClient();
  const [terms, setTerms] = useState(stored);
  const change = (part: Partial<QueueTicketsView>) => setTerms((known) => ({ ...known, ...part }));
  const save = useMutation({
    mutationFn: () => properties.changeQueueTickets(queueId, terms),
    onSuccess: (saved) => {
      cache.setQueryData(keys.queueTickets(queueId), saved);
      notify(t('common.saved'), 'good');
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <section className="queue-tickets" aria-labelledby="queue-tickets">
      <h3 id="queue-tickets">{t('queueTickets.title')}</h3>
      <form onSubmit={submit} aria-label={t('queueTickets.title')}>
        <Stack maw={640}>
          <TextInput
            label={t('queueTickets.prefix')}
            description={t('queueTickets.prefixHint')}
            dir="ltr"
            maxLength={6}
            value={terms.prefix}
            onChange={(event) => change({ prefix: event.currentTarget.value.toUpperCase() })}
          />
          <Switch
            label={t('queueTickets.idleOn')}
            description={t('queueTickets.idleHint')}
            checked={terms.idleDays !== null}
            onChange={(event) => change({ idleDays: event.currentTarget.checked ? usualDays : null })}
          />
          {terms.idleDays !== null && <Idle terms={terms} days={terms.idleDays} change={change} />}
          <Amount
            label={t('queueTickets.duplicates')}
            hint={t('queueTickets.duplicatesHint')}
            value={terms.duplicateHours}
            onChange={(duplicateHours) => change({ duplicateHours })}
          />
          {save.isError && (
            <p className="settings-problem" role="alert">
              {problemText(save.error)}
            </p>
          )}
          <Group>
            <Button type="submit" loading={save.isPending}>
              {t('common.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </section>
  );
}

interface IdleProps {
  terms: QueueTicketsView;
  days: number;
  change: (part: Partial<QueueTicketsView>) => void;
}

function Idle({ terms, days, change }: IdleProps) {
  const { t } = useI18n();
  return (
    <>
      <Amount label={t('queueTickets.idleDays')} value={days} onChange={(idleDays) => change({ idleDays })} />
      <Amount
        label={t('queueTickets.idleWarnDays')}
        value={terms.idleWarnDays}
        onChange={(idleWarnDays) => change({ idleWarnDays })}
      />
      <fieldset className="waiting-part">
        <legend>{t('queueTickets.idleText')}</legend>
        {(['en', 'fa'] as const).map((language) => (
          <Textarea
            key={language}
            label={t(language === 'en' ? 'fieldSet.english' : 'fieldSet.persian')}
            dir={language === 'fa' ? 'rtl' : 'ltr'}
            lang={language}
            autosize
            maxLength={1000}
            value={terms.idleTexts[language]}
            onChange={(event) => change({ idleTexts: { ...terms.idleTexts, [language]: event.currentTarget.value } })}
          />
        ))}
      </fieldset>
    </>
  );
}

interface AmountProps {
  label: string;
  hint?: string;
  value: number;
  onChange: (value: number) => void;
}

function Amount({ label, hint, value, onChange }: AmountProps) {
  const { format } = useI18n();
  return (
    <TextInput
      label={label}
      description={hint}
      inputMode="numeric"
      maw={220}
      maxLength={3}
      value={format.digits(value)}
      onChange={(event) => onChange(Number(latinDigits(event.currentTarget.value).replace(/\D/gu, '')))}
    />
  );
}
