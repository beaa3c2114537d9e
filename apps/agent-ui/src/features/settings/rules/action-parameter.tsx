import { NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { RuleActionView } from '#contract';
import { useI18n } from '../../../i18n/use-i18n.js';
import { CountField } from '../count-field.js';
import { readWords, wordOf, type ActionKind } from './rule-draft.js';
import { useNamed, type Named } from './use-options.js';

interface Props {
  action: RuleActionView;
  onChange: (action: RuleActionView) => void;
}

const longestText = 10_000;

/** What else an action says. */
export function ActionParameter({ action, onChange }: Props) {
  const { t } = useI18n();
  switch (action.do as ActionKind) {
    case 'add_tags':
    case 'remove_tags':
      return <TagsParameter action={action} onChange={onChange} />;
    case 'set_priority':
    case 'set_state':
      return <LevelParameter action={action} onChange={onChange} />;
    case 'set_field':
      return <FieldParameter action={action} onChange={onChange} />;
    case 'move_to_queue':
      return <OneNamed list="queues" at="queueId" label={t('rule.queue')} action={action} onChange={onChange} />;
    case 'assign':
    case 'follow':
      return <AgentParameter action={action} onChange={onChange} />;
    case 'snooze':
      return <SnoozeParameter action={action} onChange={onChange} />;
    case 'note':
      return <NoteParameter action={action} onChange={onChange} />;
    case 'reply':
      return <ReplyParameter action={action} onChange={onChange} />;
    case 'canned_reply':
      return (
        <OneNamed list="replies" at="cannedReplyId" label={t('rule.cannedReply')} action={action} onChange={onChange} />
      );
    case 'ask_survey':
      return <OneNamed list="surveys" at="surveyId" label={t('rule.survey')} action={action} onChange={onChange} />;
    case 'call_webhook':
      return <OneNamed list="webhooks" at="webhookId" label={t('rule.webhook')} action={action} onChange={onChange} />;
  }
}

function OneNamed({ list, at, label, action, onChange }: Props & { list: Named; at: string; label: string }) {
  const { t } = useI18n();
  const options = useNamed()[list];
  return (
    <NativeSelect
      label={label}
      required
      value={wordOf(action[at])}
      onChange={(event) => onChange({ ...action, [at]: event.currentTarget.value })}
      data={[{ value: '', label: t('rule.choose') }, ...options]}
    />
  );
}

function TagsParameter({ action, onChange }: Props) {
  const { t, locale } = useI18n();
  const tags = Array.isArray(action['tags']) ? action['tags'].map(String) : [];
  const [typed, setTyped] = useState(() => tags.join(locale === 'fa' ? '، ' : ', '));
  return (
    <TextInput
      label={t('rule.tags')}
      required
      dir="auto"
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        onChange({ ...action, tags: readWords(event.currentTarget.value, /[,،]/u) });
      }}
    />
  );
}

function LevelParameter({ action, onChange }: Props) {
  const { t } = useI18n();
  if (action.do === 'set_priority') {
    return (
      <NativeSelect
        label={t('ticket.priorityLabel')}
        value={String(action['priority'])}
        onChange={(event) => onChange({ ...action, priority: Number(event.currentTarget.value) })}
        data={([1, 2, 3, 4] as const).map((one) => ({ value: String(one), label: t(`ticket.priority.${one}`) }))}
      />
    );
  }
  return (
    <NativeSelect
      label={t('ticket.stateLabel')}
      value={String(action['state'])}
      onChange={(event) => onChange({ do: 'set_state', state: event.currentTarget.value })}
      data={(['open', 'pending', 'on_hold', 'solved'] as const).map((value) => ({
        value,
        label: t(`ticket.state.${value}`),
      }))}
    />
  );
}

function FieldParameter({ action, onChange }: Props) {
  const { t } = useI18n();
  return (
    <>
      <OneNamed list="fields" at="field" label={t('rule.key')} action={action} onChange={onChange} />
      <TextInput
        label={t('rule.value')}
        description={t('rule.fieldEmpty')}
        dir="auto"
        value={wordOf(action['value'])}
        onChange={(event) => onChange({ ...action, value: event.currentTarget.value || null })}
      />
    </>
  );
}

function AgentParameter({ action, onChange }: Props) {
  const { t } = useI18n();
  const { agents } = useNamed();
  const isAssigned = action.do === 'assign';
  const first = isAssigned ? t('rule.backToQueue') : t('rule.choose');
  return (
    <NativeSelect
      label={t('rule.agent')}
      required={!isAssigned}
      value={wordOf(action['agentId'])}
      onChange={(event) => onChange({ ...action, agentId: event.currentTarget.value || (isAssigned ? null : '') })}
      data={[{ value: '', label: first }, { value: 'actor', label: t('rule.actor') }, ...agents]}
    />
  );
}

function SnoozeParameter({ action, onChange }: Props) {
  const { t } = useI18n();
  const until = action['until'] as { workDays?: number };
  return (
    <>
      <NativeSelect
        label={t('rule.until')}
        value={until.workDays === undefined ? 'reply' : 'days'}
        onChange={(event) =>
          onChange({ ...action, until: event.currentTarget.value === 'reply' ? { reply: true } : { workDays: 1 } })
        }
        data={[
          { value: 'reply', label: t('rule.untilReply') },
          { value: 'days', label: t('rule.untilDays') },
        ]}
      />
      {until.workDays !== undefined && (
        <CountField
          label={t('rule.days')}
          value={until.workDays}
          least={1}
          most={365}
          onChange={(workDays) => onChange({ ...action, until: { workDays } })}
        />
      )}
    </>
  );
}

function NoteParameter({ action, onChange }: Props) {
  const { t } = useI18n();
  return (
    <Textarea
      label={t('rule.text')}
      required
      rows={2}
      dir="auto"
      maxLength={longestText}
      value={wordOf(action['text'])}
      onChange={(event) => onChange({ ...action, text: event.currentTarget.value })}
    />
  );
}

function ReplyParameter({ action, onChange }: Props) {
  const { t } = useI18n();
  const text = action['text'] as { en?: string; fa?: string };
  const set = (language: 'en' | 'fa', typed: string) => {
    const { [language]: _, ...other } = text;
    onChange({ ...action, text: typed === '' ? other : { ...other, [language]: typed } });
  };
  return (
    <>
      {(['fa', 'en'] as const).map((language) => (
        <Textarea
          key={language}
          label={t(language === 'fa' ? 'rule.textFa' : 'rule.textEn')}
          rows={2}
          dir={language === 'fa' ? 'rtl' : 'ltr'}
          maxLength={longestText}
          value={text[language] ?? ''}
          onChange={(event) => set(language, event.currentTarget.value)}
        />
      ))}
    </>
  );
}
