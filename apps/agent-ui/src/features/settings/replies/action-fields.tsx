import { NativeSelect, Textarea, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import type { MacroAction } from '#contract';
import { useI18n } from '../../../i18n/use-i18n.js';
import { FieldValueFields } from './field-value-fields.js';
import { ThingChoice } from './thing-choice.js';

interface Props {
  action: MacroAction;
  onChange: (action: MacroAction) => void;
}

/** What one action needs to be told. Kinds that are not here need nothing or are shown as they are. */
const fieldsOf: Record<string, (props: Props) => ReactNode> = {
  set_state: (props) => (
    <WordChoice {...props} part="state" of="state" words={['open', 'pending', 'on_hold', 'solved']} />
  ),
  set_priority: (props) => <WordChoice {...props} part="priority" of="priority" words={[1, 2, 3, 4]} />,
  add_tags: (props) => <Tags {...props} />,
  remove_tags: (props) => <Tags {...props} />,
  set_field: (props) => <FieldValueFields {...props} />,
  move_to_queue: (props) => <ThingChoice {...props} kind="queue" part="queueId" />,
  assign: (props) => <ThingChoice {...props} kind="agent" part="agentId" />,
  follow: (props) => <ThingChoice {...props} kind="agent" part="agentId" />,
  snooze: (props) => <Snooze {...props} />,
  note: (props) => <Words {...props} />,
  reply: (props) => <TwoWords {...props} />,
  canned_reply: (props) => <ThingChoice {...props} kind="reply" part="cannedReplyId" />,
  ask_survey: (props) => <ThingChoice {...props} kind="survey" part="surveyId" />,
  call_webhook: (props) => <ThingChoice {...props} kind="webhook" part="webhookId" />,
};

export function ActionFields(props: Props) {
  return fieldsOf[props.action.do]?.(props) ?? null;
}

type WordProps = Props & { part: string; of: 'state' | 'priority'; words: readonly (string | number)[] };

function WordChoice({ action, onChange, part, of, words }: WordProps) {
  const { t } = useI18n();
  const choose = (chosen: string) => {
    const value = words.find((word) => String(word) === chosen);
    onChange({ ...action, [part]: value });
  };
  return (
    <NativeSelect
      aria-label={t(`kept.do_${action.do}`, { defaultValue: action.do })}
      value={String(action[part])}
      onChange={(event) => choose(event.currentTarget.value)}
      data={words.map((word) => ({
        value: String(word),
        label: t(`ticket.${of}.${String(word)}`, { defaultValue: String(word) }),
      }))}
    />
  );
}

function Tags({ action, onChange }: Props) {
  const { t } = useI18n();
  const tags = action['tags'] as string[];
  return (
    <TextInput
      aria-label={t('ticket.tags')}
      placeholder={t('kept.tagsHint')}
      required
      dir="auto"
      defaultValue={tags.join(t('kept.listJoin'))}
      onChange={(event) => onChange({ ...action, tags: splitWords(event.currentTarget.value) })}
    />
  );
}

/** Words with commas between them, of either script. */
export function splitWords(written: string): string[] {
  return [
    ...new Set(
      written
        .split(/[,،\n]/u)
        .map((word) => word.trim())
        .filter((word) => word !== ''),
    ),
  ];
}

function Words({ action, onChange }: Props) {
  const { t } = useI18n();
  return (
    <Textarea
      aria-label={t('composer.note')}
      required
      autosize
      minRows={2}
      dir="auto"
      value={action['text'] as string}
      onChange={(event) => onChange({ ...action, text: event.currentTarget.value })}
    />
  );
}

function TwoWords({ action, onChange }: Props) {
  const { t } = useI18n();
  const texts = action['text'] as { en?: string; fa?: string };
  const put = (locale: 'en' | 'fa', text: string) => {
    const { [locale]: _before, ...other } = texts;
    onChange({ ...action, text: text === '' ? other : { ...other, [locale]: text } });
  };
  return (
    <>
      {(['fa', 'en'] as const).map((locale) => (
        <Textarea
          key={locale}
          aria-label={t(`kept.textIn_${locale}`)}
          placeholder={t(`kept.textIn_${locale}`)}
          autosize
          minRows={2}
          dir={locale === 'fa' ? 'rtl' : 'ltr'}
          value={texts[locale] ?? ''}
          onChange={(event) => put(locale, event.currentTarget.value)}
        />
      ))}
    </>
  );
}

const spans = [1, 2, 3, 5, 10];

function Snooze({ action, onChange }: Props) {
  const { t } = useI18n();
  const until = action['until'] as { workDays?: number; reply?: true };
  return (
    <NativeSelect
      aria-label={t('kept.do_snooze')}
      value={until.workDays === undefined ? 'reply' : String(until.workDays)}
      onChange={(event) => {
        const { value } = event.currentTarget;
        onChange({ ...action, until: value === 'reply' ? { reply: true } : { workDays: Number(value) } });
      }}
      data={[
        { value: 'reply', label: t('kept.untilReply') },
        ...spans.map((count) => ({ value: String(count), label: t('kept.workDays', { count }) })),
      ]}
    />
  );
}
