import { Button, Group, NativeSelect, Stack, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import type { OutreachPurpose, OutreachView, SegmentView } from '#contract';
import { outreach, type OutreachDraft } from '../../../api/outreach.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { notify } from '../../../ui/notify.js';
import { useProblemText } from '../../../ui/problem-text.js';
import { useAction } from '../../../ui/use-action.js';
import { draftOf, purposes } from './outreach-draft.js';
import { HowSent } from './outreach-how.js';
import { OutreachPreview } from './outreach-preview.js';
import { WhenSent } from './outreach-when.js';

interface Props {
  one: OutreachView | null;
  segments: SegmentView[];
  onSaved: (id: string) => void;
  onBack: () => void;
}

/** Writes a draft. What is seen and scheduled is what was saved. */
export function OutreachForm({ one, segments, onSaved, onBack }: Props) {
  const { t } = useI18n();
  const problemText = useProblemText();
  const { draft, change, save, isTouched } = useWriting(one, segments[0]?.id ?? '', onSaved);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(draft);
  };
  return (
    <>
      <div className="settings-head">
        <h2>{one ? <bdi>{one.name}</bdi> : t('outreach.add')}</h2>
      </div>
      <form onSubmit={submit}>
        <Stack maw={640}>
          <TextInput
            label={t('outreach.name')}
            description={t('outreach.nameHint')}
            required
            maxLength={120}
            value={draft.name}
            onChange={(event) => change({ name: event.currentTarget.value })}
          />
          <Whom draft={draft} change={change} segments={segments} />
          <Texts draft={draft} change={change} />
          <HowSent draft={draft} change={change} />
          <WhenSent draft={draft} change={change} />
          {save.isError && (
            <p className="settings-problem" role="alert">
              {problemText(save.error)}
            </p>
          )}
          <Group>
            <Button type="submit" loading={save.isPending}>
              {t('common.save')}
            </Button>
            <Button variant="default" onClick={onBack}>
              {t('outreach.back')}
            </Button>
            {one && one.round === 0 && <RemoveButton id={one.id} onRemoved={onBack} />}
            <output>{isTouched ? '' : t('outreach.saved')}</output>
          </Group>
        </Stack>
      </form>
      {one && !isTouched && <OutreachPreview one={one} onScheduled={() => onSaved(one.id)} />}
      {isTouched && <p className="settings-hint">{t('outreach.saveFirst')}</p>}
    </>
  );
}

/** What is written, and what the hub has of it. */
function useWriting(one: OutreachView | null, firstSegment: string, onSaved: (id: string) => void) {
  const [draft, setDraft] = useState(() => draftOf(one, firstSegment));
  // What the hub has: the version that is written upon, and the words as they were sent.
  const [saved, setSaved] = useState({ version: one?.version ?? 0, draft });
  const isTouched = one === null || draft !== saved.draft;
  const change = (part: Partial<OutreachDraft>) => setDraft((known) => ({ ...known, ...part }));
  const save = useMutation({
    mutationFn: (sent: OutreachDraft) => {
      const wish = { ...sent, name: sent.name.trim() };
      return one ? outreach.change(one.id, saved.version, wish) : outreach.add(wish);
    },
    onSuccess: ({ id, version }, sent) => {
      setSaved({ version, draft: sent });
      onSaved(id);
    },
  });
  if (one && one.version > saved.version && !isTouched && !save.isPending) {
    // Somebody else changed it while nothing was written here.
    const theirs = draftOf(one, '');
    setDraft(theirs);
    setSaved({ version: one.version, draft: theirs });
  }
  return { draft, change, save, isTouched };
}

export interface PartProps {
  draft: OutreachDraft;
  change: (part: Partial<OutreachDraft>) => void;
}

function Whom({ draft, change, segments }: PartProps & { segments: SegmentView[] }) {
  const { t } = useI18n();
  return (
    <fieldset className="form-part">
      <legend>{t('outreach.whom')}</legend>
      <div className="outreach-line">
        <NativeSelect
          label={t('outreach.segment')}
          value={draft.segmentId}
          data={segments.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(event) => change({ segmentId: event.currentTarget.value })}
        />
        <NativeSelect
          label={t('outreach.purpose')}
          value={draft.purpose}
          data={purposes.map((value) => ({ value, label: t(`outreach.purpose_${value}`) }))}
          onChange={(event) => change({ purpose: event.currentTarget.value as OutreachPurpose })}
        />
        <NativeSelect
          label={t('outreach.consent')}
          description={t(`outreach.consentHint_${draft.consent}`)}
          value={draft.consent}
          data={(['explicit', 'service'] as const).map((value) => ({ value, label: t(`outreach.consent_${value}`) }))}
          onChange={(event) => change({ consent: event.currentTarget.value as OutreachDraft['consent'] })}
        />
      </div>
    </fieldset>
  );
}

function Texts({ draft: { texts }, change }: PartProps) {
  const { t } = useI18n();
  return (
    <fieldset className="form-part">
      <legend>{t('outreach.text')}</legend>
      <p className="settings-hint">{t('outreach.textHint', { open: '{{', close: '}}' })}</p>
      <Stack gap="sm">
        {(['en', 'fa'] as const).map((language) => (
          <div key={language} className="outreach-text" dir={language === 'fa' ? 'rtl' : 'ltr'} lang={language}>
            <TextInput
              label={t(`outreach.subject_${language}`)}
              maxLength={300}
              value={texts[language].subject}
              onChange={(event) =>
                change({ texts: { ...texts, [language]: { ...texts[language], subject: event.currentTarget.value } } })
              }
            />
            <Textarea
              label={t(`outreach.body_${language}`)}
              autosize
              minRows={3}
              maxLength={10_000}
              value={texts[language].body}
              onChange={(event) =>
                change({ texts: { ...texts, [language]: { ...texts[language], body: event.currentTarget.value } } })
              }
            />
          </div>
        ))}
      </Stack>
    </fieldset>
  );
}

function RemoveButton({ id, onRemoved }: { id: string; onRemoved: () => void }) {
  const { t } = useI18n();
  const remove = useAction(
    () => outreach.remove(id),
    () => {
      notify(t('outreach.removed'), 'good');
      onRemoved();
    },
  );
  return (
    <Button variant="subtle" color="red" loading={remove.isPending} onClick={() => remove.mutate(undefined)}>
      {t('outreach.remove')}
    </Button>
  );
}
