import { Stack, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import type { SampleWish } from '#contract';
import { quality, qualityKeys } from '../../api/quality.js';
import { channelsQuery, useAgents, useQueues } from '../../api/queries.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { DayField } from '../../ui/dates/day-field.js';
import { useReaderPlace } from '../../ui/dates/use-reader-place.js';
import { NumberField } from '../../ui/number-field.js';
import { FormEnd } from '../../ui/form-end.js';
import { lastDays } from './last-days.js';

const usualPerAgent = 3;
const mostPerAgent = 20;
const weekDays = 7;

type Draft = SampleWish & { name: string; seed: string };
type Chosen = 'agentIds' | 'queueIds' | 'channelIds';

/** Which tickets a lot is cast over. */
export function DrawForm({ onCancel }: { onCancel: () => void }) {
  const { t, format } = useI18n();
  const place = useReaderPlace();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [draft, setDraft] = useState<Draft>(() => ({
    name: format.day(new Date().toISOString()),
    seed: '',
    ...lastDays(weekDays, place),
    perAgent: usualPerAgent,
    agentIds: [],
    queueIds: [],
    channelIds: [],
  }));
  const change = (part: Partial<Draft>) => setDraft((known) => ({ ...known, ...part }));
  const draw = useMutation({
    mutationFn: ({ seed, ...wish }: Draft) => quality.draw({ ...wish, ...(seed !== '' && { seed }) }),
    onSuccess: (sample) => {
      client.setQueryData(qualityKeys.sample(sample.id), sample);
      void client.invalidateQueries({ queryKey: qualityKeys.samples, exact: true });
      void navigate({ to: '/quality/$part', params: { part: 'samples' }, search: { sample: sample.id } });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    draw.mutate({ ...draft, seed: draft.seed.trim() });
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput
          label={t('quality.name')}
          required
          maxLength={120}
          value={draft.name}
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
        <Period draft={draft} onChange={change} />
        <Choices draft={draft} onChange={change} />
        <TextInput
          label={t('quality.seed')}
          description={t('quality.seedHint')}
          dir="ltr"
          pattern="[\w\-]{1,64}"
          value={draft.seed}
          onChange={(event) => change({ seed: event.currentTarget.value })}
        />
        <FormEnd error={draw.error} isSaving={draw.isPending} submit={t('quality.drawNow')} onCancel={onCancel} />
      </Stack>
    </form>
  );
}

interface PartProps {
  draft: Draft;
  onChange: (part: Partial<Draft>) => void;
}

function Period({ draft, onChange }: PartProps) {
  const { t } = useI18n();
  return (
    <div className="quality-row">
      <DayField
        isPlain
        label={t('quality.from')}
        value={draft.from}
        max={draft.to}
        onChange={(from) => from !== null && onChange({ from })}
      />
      <DayField
        isPlain
        label={t('quality.to')}
        value={draft.to}
        min={draft.from}
        onChange={(to) => to !== null && onChange({ to })}
      />
      <NumberField
        label={t('quality.perAgent')}
        least={1}
        most={mostPerAgent}
        value={draft.perAgent}
        onChange={(perAgent) => onChange({ perAgent })}
      />
    </div>
  );
}

function Choices({ draft, onChange }: PartProps) {
  const { t } = useI18n();
  const known: Record<Chosen, readonly { id: string; name: string }[]> = {
    agentIds: useAgents(),
    queueIds: useQueues(),
    channelIds: useQuery(channelsQuery).data ?? [],
  };
  const names = { agentIds: 'agents', queueIds: 'queues', channelIds: 'channels' } as const;
  const toggle = (name: Chosen, id: string, isOn: boolean) => {
    const others = draft[name].filter((one) => one !== id);
    onChange({ [name]: isOn ? [...others, id] : others });
  };
  return (
    <div className="quality-choices">
      {(['agentIds', 'queueIds', 'channelIds'] as const).map((name) => (
        <fieldset key={name}>
          <legend>{t(`quality.${names[name]}`)}</legend>
          {known[name].map(({ id, name: label }) => (
            <label key={id}>
              <input
                type="checkbox"
                checked={draft[name].includes(id)}
                onChange={(event) => toggle(name, id, event.currentTarget.checked)}
              />
              <bdi>{label}</bdi>
            </label>
          ))}
        </fieldset>
      ))}
      <p className="quality-hint">{t('quality.allMeant')}</p>
    </div>
  );
}
