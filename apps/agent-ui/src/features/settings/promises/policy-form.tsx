import { NativeSelect, Stack, Switch, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import type { SlaPolicyView, SlaTermsView } from '#contract';
import { keys } from '../../../api/keys.js';
import { useQueues } from '../../../api/queries.js';
import { serviceTerms, type PolicyDraft } from '../../../api/service-terms.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { FormEnd } from '../../../ui/form-end.js';
import { DurationField } from './duration-field.js';
import { Escalations } from './escalations.js';
import { ManyOf } from './many-of.js';

const metrics = ['first_response', 'next_response', 'resolution'] as const;
const priorities = [1, 2, 3, 4] as const;
const tiers = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] as const;

interface Props {
  policy: SlaPolicyView | null;
  /** `published`: what was saved holds now; otherwise it waits to be published. */
  onSaved: () => void;
  onCancel: () => void;
}

export function PolicyForm({ policy, onSaved, onCancel }: Props) {
  const { t } = useI18n();
  const [name, setName] = useState(policy?.name ?? '');
  const [enabled, setEnabled] = useState(policy?.enabled ?? true);
  const [terms, setTerms] = useState<SlaTermsView>(() => termsOf(policy));
  const [forOpenTickets, setForOpenTickets] = useState(false);
  const change = (part: Partial<SlaTermsView>) => setTerms((known) => ({ ...known, ...part }));
  const save = useMutation({
    mutationFn: async (draft: PolicyDraft) => {
      const saved = policy ? await serviceTerms.changePolicy(policy.id, draft) : await serviceTerms.addPolicy(draft);
      return serviceTerms.publishPolicy(saved.id, forOpenTickets);
    },
    onSuccess: onSaved,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ name: name.trim(), position: policy?.position ?? 0, enabled, draft: terms });
  };
  return (
    <form onSubmit={submit}>
      <Stack maw={600}>
        <TextInput
          label={t('promises.name')}
          required
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <fieldset className="form-part">
          <legend>{t('promises.targets')}</legend>
          <Stack gap="sm">
            {metrics.map((metric) => (
              <DurationField
                key={metric}
                label={t(`promises.${metric}`)}
                value={terms.targets[metric] ?? null}
                onChange={(ms) => change({ targets: withTarget(terms.targets, metric, ms) })}
              />
            ))}
          </Stack>
        </fieldset>
        <Scope terms={terms} change={change} />
        <Counting terms={terms} change={change} />
        <Escalations list={terms.escalations} onChange={(escalations) => change({ escalations })} />
        <Switch
          label={t('promises.enabled')}
          checked={enabled}
          onChange={(event) => setEnabled(event.currentTarget.checked)}
        />
        {policy?.published && (
          <Switch
            label={t('promises.forOpenTickets')}
            description={t('promises.forOpenTicketsHint')}
            checked={forOpenTickets}
            onChange={(event) => setForOpenTickets(event.currentTarget.checked)}
          />
        )}
        <FormEnd
          error={save.error}
          isSaving={save.isPending}
          submit={t('promises.publish')}
          isDisabled={Object.keys(terms.targets).length === 0}
          onCancel={onCancel}
        />
      </Stack>
    </form>
  );
}

interface PartProps {
  terms: SlaTermsView;
  change: (part: Partial<SlaTermsView>) => void;
}

/** Which tickets it is for. */
function Scope({ terms: { scope }, change }: PartProps) {
  const { t, format } = useI18n();
  const queues = useQueues();
  return (
    <fieldset className="form-part">
      <legend>{t('promises.scope')}</legend>
      <p className="settings-hint">{t('promises.scopeHint')}</p>
      <ManyOf
        label={t('promises.queues')}
        options={queues.map(({ id, name }) => ({ value: id, label: name }))}
        chosen={scope.queueIds}
        onChange={(queueIds) => change({ scope: { ...scope, queueIds } })}
      />
      <ManyOf
        label={t('promises.priorities')}
        options={priorities.map((value) => ({ value: value as number, label: t(`ticket.priority.${value}`) }))}
        chosen={scope.priorities}
        onChange={(chosen) => change({ scope: { ...scope, priorities: chosen } })}
      />
      <ManyOf
        label={t('promises.tiers')}
        options={tiers.map((value) => ({
          value: value as number,
          label: value === 0 ? t('promises.noTier') : format.digits(value),
        }))}
        chosen={scope.tiers}
        onChange={(chosen) => change({ scope: { ...scope, tiers: chosen } })}
      />
    </fieldset>
  );
}

/** What time counts, and when is warned. */
function Counting({ terms: { calendarId, pausedIn, warnings }, change }: PartProps) {
  const { t, format } = useI18n();
  const calendars = useQuery({ queryKey: keys.calendars, queryFn: ({ signal }) => serviceTerms.calendars(signal) });
  return (
    <fieldset className="form-part">
      <legend>{t('promises.counting')}</legend>
      <NativeSelect
        label={t('promises.calendar')}
        data={[
          { value: '', label: t('promises.always') },
          ...(calendars.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
        ]}
        value={calendarId ?? ''}
        onChange={(event) => change({ calendarId: event.currentTarget.value || null })}
      />
      <ManyOf
        label={t('promises.pausedIn')}
        options={(['pending', 'on_hold'] as const).map((value) => ({ value, label: t(`ticket.state.${value}`) }))}
        chosen={pausedIn}
        onChange={(chosen) => change({ pausedIn: chosen })}
      />
      <ManyOf
        label={t('promises.warnings')}
        options={[0.5, 0.75, 0.9].map((value) => ({
          value,
          label: t('promises.percent', { share: format.number(value * 100) }),
        }))}
        chosen={warnings}
        onChange={(chosen) => change({ warnings: chosen })}
      />
    </fieldset>
  );
}

function withTarget(targets: SlaTermsView['targets'], metric: (typeof metrics)[number], ms: number | null) {
  const { [metric]: _, ...others } = targets;
  return ms === null ? others : { ...others, [metric]: ms };
}

function termsOf(policy: SlaPolicyView | null): SlaTermsView {
  const known = policy?.draft ?? policy?.published;
  if (!known) {
    return {
      scope: { queueIds: [], tiers: [], priorities: [] },
      targets: { first_response: 3_600_000, resolution: 8 * 3_600_000 },
      calendarId: null,
      pausedIn: ['pending', 'on_hold'],
      warnings: [0.75, 0.9],
      escalations: [],
    };
  }
  const { scope, targets, calendarId, pausedIn, warnings, escalations } = known;
  return { scope, targets, calendarId, pausedIn, warnings, escalations };
}
