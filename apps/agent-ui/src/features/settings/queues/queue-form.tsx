import { Button, Group, NativeSelect, Stack, Switch, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import type { QueueSettingsView } from '#contract';
import { keys } from '../../../api/keys.js';
import { isProblem } from '../../../api/problem.js';
import { useAgents } from '../../../api/queries.js';
import { serviceTerms } from '../../../api/service-terms.js';
import { team, type QueueDraft } from '../../../api/team.js';
import { waiting } from '../../../api/waiting.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { useProblemText } from '../../../ui/problem-text.js';
import { LevelsOf } from '../levels-of.js';
import { SaveProblem } from '../save-problem.js';
import { ManyOf } from '../promises/many-of.js';
import { BoostsFields } from './boosts-fields.js';
import { draftOf, newQueue, strategies, withStrategy } from './queue-draft.js';
import { SolvedFields } from './solved-fields.js';
import { SpanChoice } from './span-choice.js';
import { StepsEditor } from './steps-editor.js';

interface Props {
  /** Null for one that is being added. */
  queue: QueueSettingsView | null;
  onSaved: (saved: QueueSettingsView) => void;
  onCancel: () => void;
  onLookAgain: () => void;
}

/** All settings of one queue. What somebody else changed meanwhile is not overwritten: the hub says so. */
export function QueueForm({ queue, onSaved, onCancel, onLookAgain }: Props) {
  const { t } = useI18n();
  const problemText = useProblemText();
  const [draft, setDraft] = useState<QueueDraft>(() => (queue ? draftOf(queue) : newQueue()));
  const change = (part: Partial<QueueDraft>) => setDraft((known) => ({ ...known, ...part }));
  const save = useMutation({
    mutationFn: (wish: QueueDraft) =>
      queue ? team.changeQueue(queue.id, { ...wish, version: queue.version }) : addQueue(wish),
    onSuccess: onSaved,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ ...draft, name: draft.name.trim() });
  };
  const isNameAtFault = isProblem(save.error) && save.error.problem.field === 'name';
  return (
    <form onSubmit={submit}>
      <Stack maw={640}>
        <TextInput
          label={t('queues.name')}
          required
          maxLength={100}
          error={isNameAtFault && problemText(save.error)}
          value={draft.name}
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
        <Members draft={draft} change={change} />
        <GivingOut draft={draft} change={change} onStrategy={(one) => setDraft(withStrategy(draft, one))} />
        <Hours draft={draft} change={change} />
        <Skills draft={draft} change={change} />
        <SolvedFields draft={draft} change={change} />
        <BoostsFields boosts={draft.boosts} onChange={(boosts) => change({ boosts })} />
        <StepsEditor steps={draft.steps} ownId={queue?.id ?? null} onChange={(steps) => change({ steps })} />
        <Switch
          label={t('queues.restricted')}
          description={t('queues.restrictedHint')}
          checked={draft.restricted}
          onChange={(event) => change({ restricted: event.currentTarget.checked })}
        />
        {save.isError && !isNameAtFault && <SaveProblem error={save.error} onLookAgain={onLookAgain} />}
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

/** A new queue speaks to those who wait in it; one that stays silent because of a fault in between is still a queue. */
async function addQueue(wish: QueueDraft): Promise<QueueSettingsView> {
  const made = await team.addQueue(wish);
  const terms = await waiting.terms(made.id).catch(() => null);
  if (terms) {
    const speaking = {
      ...terms,
      tell: { ...terms.tell, telegram: 'first' as const },
      callback: { ...terms.callback, isOn: true },
    };
    await waiting.changeTerms(made.id, speaking).catch(() => null);
  }
  return made;
}

interface PartProps {
  draft: QueueDraft;
  change: (part: Partial<QueueDraft>) => void;
}

function Members({ draft: { members }, change }: PartProps) {
  const { t, format } = useI18n();
  const agents = useAgents();
  return (
    <LevelsOf
      label={t('queues.members')}
      hint={t('queues.membersHint')}
      options={agents}
      chosen={members.map(({ agentId, level }) => ({ id: agentId, level }))}
      levelNames={[1, 2, 3, 4, 5].map((level) =>
        t(level === 1 ? 'queues.ringFirst' : 'queues.ring', { number: format.digits(level) }),
      )}
      levelLabel={(name) => t('queues.ringOf', { name })}
      onChange={(chosen) => change({ members: chosen.map(({ id, level }) => ({ agentId: id, level })) })}
    />
  );
}

/** Who of several gets the work, and whether they have to accept it. */
function GivingOut({
  draft,
  change,
  onStrategy,
}: PartProps & { onStrategy: (strategy: QueueDraft['strategy']) => void }) {
  const { t } = useI18n();
  const isBroadcast = draft.strategy === 'broadcast';
  return (
    <fieldset className="form-part">
      <legend>{t('queues.givingOut')}</legend>
      <div className="queue-strategies" role="radiogroup" aria-label={t('queues.strategy')}>
        {strategies.map((strategy) => (
          <div key={strategy}>
            <input
              type="radio"
              id={`strategy-${strategy}`}
              name="strategy"
              value={strategy}
              aria-describedby={`strategy-${strategy}-why`}
              checked={draft.strategy === strategy}
              onChange={() => onStrategy(strategy)}
            />
            <label htmlFor={`strategy-${strategy}`}>{t(`queues.strategy_${strategy}`)}</label>
            <small id={`strategy-${strategy}-why`}>{t(`queues.strategyWhy_${strategy}`)}</small>
          </div>
        ))}
      </div>
      <Stack gap="sm">
        <SpanChoice
          label={t('queues.accept')}
          description={t('queues.acceptHint')}
          value={draft.acceptSecs}
          choices={[15, 20, 30, 45, 60, 120, 300]}
          {...(isBroadcast ? {} : { none: t('queues.acceptAtOnce') })}
          onChange={(acceptSecs) => change({ acceptSecs })}
        />
        {!isBroadcast && (
          <SpanChoice
            label={t('queues.sticky')}
            description={t('queues.stickyHint')}
            value={draft.stickySecs}
            choices={[0, 30, 60, 120, 300, 600]}
            none={t('queues.stickyUsual')}
            zero={t('queues.stickyNever')}
            onChange={(stickySecs) => change({ stickySecs })}
          />
        )}
        <SpanChoice
          label={t('queues.maxWait')}
          description={t('queues.maxWaitHint')}
          value={draft.maxWaitSecs}
          choices={[60, 120, 300, 600, 1800, 3600, 14_400, 28_800, 86_400]}
          none={t('queues.maxWaitNone')}
          onChange={(maxWaitSecs) => change({ maxWaitSecs })}
        />
      </Stack>
    </fieldset>
  );
}

function Hours({ draft: { calendarId, outOfHours }, change }: PartProps) {
  const { t } = useI18n();
  const calendars = useQuery({ queryKey: keys.calendars, queryFn: ({ signal }) => serviceTerms.calendars(signal) });
  return (
    <fieldset className="form-part">
      <legend>{t('settings.hours')}</legend>
      <Stack gap="sm">
        <NativeSelect
          label={t('queues.calendar')}
          data={[
            { value: '', label: t('queues.always') },
            ...(calendars.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
          ]}
          value={calendarId ?? ''}
          onChange={(event) => change({ calendarId: event.currentTarget.value || null })}
        />
        {calendarId !== null && (
          <NativeSelect
            label={t('queues.outOfHours')}
            data={(['wait', 'route'] as const).map((value) => ({ value, label: t(`queues.outOfHours_${value}`) }))}
            value={outOfHours}
            onChange={(event) => change({ outOfHours: event.currentTarget.value as QueueDraft['outOfHours'] })}
          />
        )}
      </Stack>
    </fieldset>
  );
}

function Skills({ draft: { skillIds, skillLevel }, change }: PartProps) {
  const { t, format } = useI18n();
  const skills = useQuery({ queryKey: keys.skills, queryFn: ({ signal }) => team.skills(signal) }).data ?? [];
  return (
    <fieldset className="form-part">
      <legend>{t('queues.skills')}</legend>
      <p className="settings-hint">{t(skills.length === 0 ? 'queues.noSkills' : 'queues.skillsHint')}</p>
      {skills.length > 0 && (
        <ManyOf
          label={t('queues.skillsAsked')}
          options={skills.map(({ id, name }) => ({ value: id, label: name }))}
          chosen={skillIds}
          onChange={(chosen) => change({ skillIds: chosen })}
        />
      )}
      {skillIds.length > 0 && (
        <NativeSelect
          label={t('queues.skillLevel')}
          value={String(skillLevel)}
          onChange={(event) => change({ skillLevel: Number(event.currentTarget.value) })}
          data={[1, 2, 3, 4, 5].map((level) => ({
            value: String(level),
            label: t(`team.level_${level as 1}`, { number: format.digits(level) }),
          }))}
        />
      )}
    </fieldset>
  );
}
