import { Button, NativeSelect, Stack, Switch, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import type { SurveyKind, SurveyView } from '#contract';
import { useQueues } from '../../../api/queries.js';
import { surveys, type SurveyDraft } from '../../../api/surveys.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { notify } from '../../../ui/notify.js';
import { FormEnd } from '../../../ui/form-end.js';
import { useAction } from '../../../ui/use-action.js';
import { CountField } from '../count-field.js';
import { ManyOf } from '../promises/many-of.js';
import { scoresOf } from './own-words.js';
import { daysOf, delays, draftOf, withKind } from './survey-draft.js';
import { SurveyPreview } from './survey-preview.js';
import { SurveyTexts } from './survey-texts.js';

const kinds: readonly SurveyKind[] = ['csat', 'nps', 'ces'];

interface Props {
  survey: SurveyView | null;
  onSaved: () => void;
  onCancel: () => void;
}

export function SurveyForm({ survey, onSaved, onCancel }: Props) {
  const { t } = useI18n();
  const [draft, setDraft] = useState(() => draftOf(survey));
  const change = (part: Partial<SurveyDraft>) => setDraft((known) => ({ ...known, ...part }));
  const save = useMutation({
    mutationFn: (wish: SurveyDraft) => (survey ? surveys.change(survey.id, wish) : surveys.add(wish)),
    onSuccess: () => {
      notify(t('survey.saved'), 'good');
      onSaved();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ ...draft, name: draft.name.trim() });
  };
  return (
    <form onSubmit={submit}>
      <Stack maw={640}>
        <TextInput
          label={t('survey.name')}
          description={t('survey.nameHint')}
          required
          maxLength={100}
          value={draft.name}
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
        <NativeSelect
          label={t('survey.kindLabel')}
          description={survey ? t('survey.kindStays') : undefined}
          disabled={survey !== null}
          value={draft.kind}
          data={kinds.map((value) => ({ value, label: t(`survey.kind.${value}`) }))}
          onChange={(event) => setDraft(withKind(draft, event.currentTarget.value as SurveyKind))}
        />
        <SurveyTexts draft={draft} change={change} />
        <SurveyPreview draft={draft} />
        <WhenAsked draft={draft} change={change} />
        <LowScores draft={draft} change={change} />
        <Switch
          label={t('survey.enabled')}
          checked={draft.enabled}
          onChange={(event) => change({ enabled: event.currentTarget.checked })}
        />
        <FormEnd error={save.error} isSaving={save.isPending} onCancel={onCancel}>
          {survey && !survey.isUsed && <RemoveButton survey={survey} onRemoved={onSaved} />}
        </FormEnd>
      </Stack>
    </form>
  );
}

function RemoveButton({ survey, onRemoved }: { survey: SurveyView; onRemoved: () => void }) {
  const { t } = useI18n();
  const remove = useAction(
    () => surveys.remove(survey.id),
    () => {
      notify(t('survey.removed'), 'good');
      onRemoved();
    },
  );
  return (
    <Button variant="subtle" color="red" loading={remove.isPending} onClick={() => remove.mutate(undefined)}>
      {t('survey.remove')}
    </Button>
  );
}

interface PartProps {
  draft: SurveyDraft;
  change: (part: Partial<SurveyDraft>) => void;
}

function WhenAsked({ draft, change }: PartProps) {
  const { t } = useI18n();
  return (
    <fieldset className="form-part">
      <legend>{t('survey.when')}</legend>
      <Stack gap="sm">
        <div className="surveys-line">
          <NativeSelect
            label={t('survey.askOn')}
            value={draft.askOn}
            data={(['solved', 'command', 'call'] as const).map((value) => ({ value, label: t(`survey.ask_${value}`) }))}
            onChange={(event) => change({ askOn: event.currentTarget.value as SurveyDraft['askOn'] })}
          />
          {draft.askOn === 'solved' && <DelayChoice draft={draft} change={change} />}
        </div>
        {draft.askOn !== 'command' && <QueueChoice draft={draft} change={change} />}
        {draft.askOn !== 'command' && (
          <TextInput
            label={t('survey.tags')}
            description={t('survey.tagsHint')}
            maxLength={500}
            defaultValue={draft.tags.join(t('survey.tagsComma'))}
            onChange={(event) => change({ tags: tagsIn(event.currentTarget.value) })}
          />
        )}
        <div className="surveys-line">
          <CountField
            label={t('survey.coolDown')}
            description={t('survey.coolDownHint')}
            value={draft.coolDownDays}
            most={365}
            onChange={(coolDownDays) => change({ coolDownDays })}
          />
          <CountField
            label={t('survey.expiry')}
            description={t('survey.expiryHint')}
            value={daysOf(draft.expiryHours)}
            least={1}
            most={90}
            onChange={(days) => change({ expiryHours: days * 24 })}
          />
          <CountField
            label={t('survey.position')}
            description={t('survey.positionHint')}
            value={draft.position}
            most={9_999}
            onChange={(position) => change({ position })}
          />
        </div>
      </Stack>
    </fieldset>
  );
}

/** Tags as they are typed, parted by the comma of either language. */
function tagsIn(typed: string): string[] {
  const tags = typed.split(/[,،]/u).map((tag) => tag.trim());
  return [...new Set(tags.filter((tag) => tag !== ''))];
}

function DelayChoice({ draft: { delayMinutes }, change }: PartProps) {
  const { t, format } = useI18n();
  const known = delays.map((value) => ({ value: String(value), label: t(`survey.delay_${value}`) }));
  const isOther = !delays.some((value) => value === delayMinutes);
  const other = {
    value: String(delayMinutes),
    label: t('survey.delayOther', { minutes: format.digits(delayMinutes) }),
  };
  return (
    <NativeSelect
      label={t('survey.delay')}
      description={t('survey.delayHint')}
      value={String(delayMinutes)}
      data={isOther ? [...known, other] : known}
      onChange={(event) => change({ delayMinutes: Number(event.currentTarget.value) })}
    />
  );
}

function QueueChoice({ draft: { queueIds }, change }: PartProps) {
  const { t } = useI18n();
  const queues = useQueues();
  // One that was removed can be taken out, so that the others can be saved.
  const gone = queueIds.filter((id) => !queues.some((queue) => queue.id === id));
  return (
    <>
      <ManyOf
        label={t('survey.queues')}
        options={[
          ...queues.map(({ id, name }) => ({ value: id, label: name })),
          ...gone.map((id) => ({ value: id, label: t('ticket.queueGone') })),
        ]}
        chosen={queueIds}
        onChange={(chosen) => change({ queueIds: chosen })}
      />
      <p className="settings-hint">{t('survey.queuesHint')}</p>
    </>
  );
}

function LowScores({ draft: { kind, lowScore, followUpQueueId }, change }: PartProps) {
  const { t, format } = useI18n();
  const queues = useQueues();
  return (
    <fieldset className="form-part">
      <legend>{t('survey.low')}</legend>
      <div className="surveys-line">
        <NativeSelect
          label={t('survey.lowScore')}
          value={lowScore === null ? '' : String(lowScore)}
          data={[
            { value: '', label: t('survey.lowNone') },
            ...scoresOf(kind)
              .slice(0, -1)
              .map((score) => ({ value: String(score), label: format.digits(score) })),
          ]}
          onChange={(event) =>
            change({ lowScore: event.currentTarget.value === '' ? null : Number(event.currentTarget.value) })
          }
        />
        {lowScore !== null && (
          <NativeSelect
            label={t('survey.followUp')}
            description={t('survey.followUpHint')}
            value={followUpQueueId ?? ''}
            data={[
              { value: '', label: t('survey.followUpNone') },
              ...queues.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            onChange={(event) => change({ followUpQueueId: event.currentTarget.value || null })}
          />
        )}
      </div>
    </fieldset>
  );
}
