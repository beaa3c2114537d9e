import { Button, Group, NativeSelect, Stack, Switch, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import type { RuleEventView, RuleView } from '#contract';
import { rules } from '../../../api/rules.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { CountField } from '../count-field.js';
import { SaveProblem } from '../save-problem.js';
import { ActionsEditor } from './actions-editor.js';
import { RuleConditions } from './rule-conditions.js';
import { DryRunPanel } from './dry-run-panel.js';
import { draftOf, eventKinds, termsOf, type RuleDraft } from './rule-draft.js';

interface Props {
  rule: RuleView | null;
  onSaved: () => void;
  onCancel: () => void;
  onLookAgain: () => void;
}

interface PartProps {
  draft: RuleDraft;
  change: (part: Partial<RuleDraft>) => void;
}

/** What a rule waits for, asks and does; and what it would have done. */
export function RuleForm({ rule, onSaved, onCancel, onLookAgain }: Props) {
  const { t } = useI18n();
  const [draft, setDraft] = useState<RuleDraft>(() => draftOf(rule));
  const change = (part: Partial<RuleDraft>) => setDraft((known) => ({ ...known, ...part }));
  const save = useMutation({ mutationFn: () => saveRule(rule, draft), onSuccess: onSaved });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput
          label={t('rule.name')}
          required
          maxLength={100}
          value={draft.name}
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
        <EventPart draft={draft} change={change} />
        <fieldset className="form-part">
          <legend>{t('rule.if')}</legend>
          <p className="settings-hint">{t('rule.ifHint')}</p>
          <RuleConditions group={draft.conditions} onChange={(conditions) => change({ conditions })} />
        </fieldset>
        <ActionsEditor actions={draft.actions} onChange={(actions) => change({ actions })} />
        <LimitsPart draft={draft} change={change} />
        <DryRunPanel terms={termsOf(draft)} ruleId={rule?.id ?? null} />
        <Switch
          label={t('rule.on')}
          checked={draft.enabled}
          onChange={(event) => change({ enabled: event.currentTarget.checked })}
        />
        {save.isError && <SaveProblem error={save.error} onLookAgain={onLookAgain} />}
        <Group>
          <Button type="submit" loading={save.isPending}>
            {t('common.save')}
          </Button>
          <Button variant="default" onClick={onCancel}>
            {t('common.cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function saveRule(rule: RuleView | null, draft: RuleDraft): Promise<RuleView> {
  const [name, { enabled }, terms] = [draft.name.trim(), draft, termsOf(draft)];
  return rule
    ? rules.change(rule.id, { version: rule.version, name, enabled, terms })
    : rules.add({ name, enabled, ...terms });
}

function EventPart({ draft: { event }, change }: PartProps) {
  const { t } = useI18n();
  const choose = (on: RuleEventView['on']) =>
    change({ event: on === 'idle' ? { on, state: 'pending', hours: 48 } : { on } });
  return (
    <fieldset className="form-part">
      <legend>{t('rule.when')}</legend>
      <NativeSelect
        label={t('rule.event')}
        value={event.on}
        onChange={(chosen) => choose(chosen.currentTarget.value as RuleEventView['on'])}
        data={eventKinds.map((value) => ({ value, label: t(`rule.event_${value}`) }))}
      />
      {event.on === 'idle' && (
        <div className="rule-idle">
          <NativeSelect
            label={t('rule.idleState')}
            value={event.state ?? 'pending'}
            onChange={(chosen) =>
              change({ event: { ...event, state: chosen.currentTarget.value as NonNullable<RuleEventView['state']> } })
            }
            data={(['new', 'open', 'pending', 'on_hold', 'solved'] as const).map((value) => ({
              value,
              label: t(`ticket.state.${value}`),
            }))}
          />
          <CountField
            label={t('rule.idleHours')}
            value={event.hours ?? 48}
            least={1}
            most={8760}
            onChange={(hours) => change({ event: { ...event, hours } })}
          />
        </div>
      )}
    </fieldset>
  );
}

function LimitsPart({ draft: { stops, maxPerHour }, change }: PartProps) {
  const { t } = useI18n();
  return (
    <fieldset className="form-part">
      <legend>{t('rule.limits')}</legend>
      <Switch
        label={t('rule.stops')}
        checked={stops}
        onChange={(event) => change({ stops: event.currentTarget.checked })}
      />
      <CountField
        label={t('rule.maxPerHour')}
        value={maxPerHour}
        least={1}
        most={1000}
        onChange={(count) => change({ maxPerHour: count })}
      />
    </fieldset>
  );
}
