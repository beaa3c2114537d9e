import { Button, Group, NativeSelect, Skeleton, Stack, Switch, Textarea } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import type { CallbackWay, QueueWaitingView } from '#contract';
import { keys } from '../../api/keys.js';
import { waiting } from '../../api/waiting.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { useTexts } from '../../i18n/use-texts.js';
import { notify } from '../../ui/notify.js';
import { useProblemText } from '../../ui/problem-text.js';
import './queue-waiting-form.css';

const minutes = [1, 2, 3, 5, 10, 15] as const;
const ways: readonly CallbackWay[] = ['call', 'sms', 'same'];

/** What a queue says to those who wait in it. */
export function QueueWaitingForm({ queueId }: { queueId: string }) {
  const isSpoken = useTexts('routing');
  const stored = useQuery({
    queryKey: keys.queueWaiting(queueId),
    queryFn: ({ signal }) => waiting.terms(queueId, signal),
  });
  return isSpoken && stored.data ? <Form queueId={queueId} stored={stored.data} /> : <Skeleton height={320} />;
}

function Form({ queueId, stored }: { queueId: string; stored: QueueWaitingView }) {
  const { t } = useI18n();
  const problemText = useProblemText();
  const cache = useQueryClient();
  const [terms, setTerms] = useState(stored);
  const change = (part: Partial<QueueWaitingView>) => setTerms((known) => ({ ...known, ...part }));
  const save = useMutation({
    mutationFn: (wish: QueueWaitingView) => waiting.changeTerms(queueId, wish),
    onSuccess: (saved) => {
      cache.setQueryData(keys.queueWaiting(queueId), saved);
      notify(t('waiting.saved'), 'good');
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(terms);
  };
  return (
    <form onSubmit={submit} aria-label={t('waiting.title')}>
      <Stack maw={640}>
        <Telling terms={terms} change={change} />
        <Texts
          label={t('waiting.queuedText')}
          hint={t('waiting.queuedHint')}
          text={terms.texts.queued}
          onChange={(queued) => change({ texts: { ...terms.texts, queued } })}
        />
        <Switch
          label={t('waiting.tellClosed')}
          description={t('waiting.tellClosedHint')}
          checked={terms.tellClosed}
          onChange={(event) => change({ tellClosed: event.currentTarget.checked })}
        />
        <Texts
          label={t('waiting.closedText')}
          hint={t('waiting.closedHint')}
          text={terms.texts.closed}
          onChange={(closed) => change({ texts: { ...terms.texts, closed } })}
        />
        <CallingBack terms={terms} change={change} />
        <MissedCalls terms={terms} change={change} />
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
  );
}

interface PartProps {
  terms: QueueWaitingView;
  change: (part: Partial<QueueWaitingView>) => void;
}

/** Which channels tell the place. Web chats always show it. */
function Telling({ terms: { tell }, change }: PartProps) {
  const { t } = useI18n();
  const select = (kind: keyof QueueWaitingView['tell'], modes: readonly ('off' | 'first' | 'moves')[]) => (
    <NativeSelect
      label={t(`channel.${kind}`)}
      value={tell[kind]}
      data={modes.map((value) => ({ value, label: t(`waiting.tell_${value}`) }))}
      onChange={(event) => change({ tell: { ...tell, [kind]: event.currentTarget.value } })}
    />
  );
  return (
    <fieldset className="waiting-part">
      <legend>{t('waiting.tell')}</legend>
      <p className="settings-hint">{t('waiting.tellHint')}</p>
      <div className="waiting-tell">
        {select('telegram', ['off', 'first', 'moves'])}
        {select('sms', ['off', 'first', 'moves'])}
        {select('email', ['off', 'first'])}
      </div>
    </fieldset>
  );
}

interface TextsProps {
  label: string;
  hint: string;
  text: { en: string; fa: string };
  onChange: (text: { en: string; fa: string }) => void;
}

function Texts({ label, hint, text, onChange }: TextsProps) {
  const { t } = useI18n();
  return (
    <fieldset className="waiting-part">
      <legend>{label}</legend>
      <p className="settings-hint">{hint}</p>
      {(['en', 'fa'] as const).map((language) => (
        <Textarea
          key={language}
          label={t(`waiting.in_${language}`)}
          aria-label={`${label}: ${t(`waiting.in_${language}`)}`}
          dir={language === 'fa' ? 'rtl' : 'ltr'}
          lang={language}
          autosize
          maxLength={500}
          value={text[language]}
          onChange={(event) => onChange({ ...text, [language]: event.currentTarget.value })}
        />
      ))}
    </fieldset>
  );
}

function CallingBack({ terms: { callback }, change }: PartProps) {
  const { t, format } = useI18n();
  const set = (part: Partial<QueueWaitingView['callback']>) => change({ callback: { ...callback, ...part } });
  const toggle = (way: CallbackWay, isOn: boolean) =>
    set({ ways: ways.filter((one) => (one === way ? isOn : callback.ways.includes(one))) });
  return (
    <fieldset className="waiting-part">
      <legend>{t('waiting.callback')}</legend>
      <Switch
        label={t('waiting.callbackOn')}
        description={t('waiting.callbackHint')}
        checked={callback.isOn}
        onChange={(event) => set({ isOn: event.currentTarget.checked })}
      />
      {callback.isOn && (
        <>
          <NativeSelect
            label={t('waiting.after')}
            value={String(callback.afterMinutes ?? '')}
            data={[
              ...minutes.map((one) => ({
                value: String(one),
                label: t('waiting.afterMinutes', { minutes: format.number(one) }),
              })),
              { value: '', label: t('waiting.afterStep') },
            ]}
            onChange={(event) => set({ afterMinutes: Number(event.currentTarget.value) || null })}
          />
          <fieldset className="waiting-ways">
            <legend>{t('waiting.ways')}</legend>
            {ways.map((way) => (
              <label key={way}>
                <input
                  type="checkbox"
                  checked={callback.ways.includes(way)}
                  onChange={(event) => toggle(way, event.currentTarget.checked)}
                />
                {t(`waiting.way_${way}`)}
              </label>
            ))}
          </fieldset>
        </>
      )}
    </fieldset>
  );
}

/** An SMS to those whose call nobody answered. */
function MissedCalls({ terms: { missedCalls }, change }: PartProps) {
  const { t } = useI18n();
  const set = (part: Partial<QueueWaitingView['missedCalls']>) => change({ missedCalls: { ...missedCalls, ...part } });
  return (
    <>
      <fieldset className="waiting-part">
        <legend>{t('waiting.missed')}</legend>
        <Switch
          label={t('waiting.missedOn')}
          description={t('waiting.missedHint')}
          checked={missedCalls.isOn}
          onChange={(event) => set({ isOn: event.currentTarget.checked })}
        />
      </fieldset>
      {missedCalls.isOn && (
        <Texts
          label={t('waiting.missedText')}
          hint={t('waiting.missedTextHint')}
          text={missedCalls.text}
          onChange={(text) => set({ text })}
        />
      )}
    </>
  );
}
