import { Stack, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { CannedFileView, CannedReplyView, ChannelKind } from '#contract';
import { kept, keptKeys, type ReplyDraft } from '../../../api/kept.js';
import { isProblem } from '../../../api/problem.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { useProblemText } from '../../../ui/problem-text.js';
import { ManyOf } from '../promises/many-of.js';
import { CannedFiles } from './canned-files.js';
import { KeptEnd } from './kept-end.js';
import { OwnerSwitch, QueueScope } from './scope-fields.js';
import { TextEditor } from './text-editor.js';
import { useKeptSave } from './use-kept-save.js';

interface Props {
  reply: CannedReplyView | null;
  overseesAll: boolean;
  onDone: () => void;
}

const kinds: readonly ChannelKind[] = ['email', 'sms', 'telegram', 'web', 'phone', 'messages'];

type Draft = Omit<ReplyDraft, 'fileIds'> & { files: CannedFileView[]; personal: boolean };

export function CannedForm({ reply, overseesAll, onDone }: Props) {
  const { t } = useI18n();
  const [draft, setDraft] = useState<Draft>(() => draftOf(reply, !overseesAll));
  const change = (part: Partial<Draft>) => setDraft((known) => ({ ...known, ...part }));
  const keeping = useKeptSave({
    listKey: keptKeys.replies,
    save: ({ files, personal, ...wish }: Draft) => {
      const whole = { ...wish, fileIds: files.map(({ id }) => id) };
      return reply
        ? kept.changeReply(reply.id, { ...whole, version: reply.version })
        : kept.addReply({ ...whole, personal });
    },
    remove: () => kept.removeReply(reply?.id ?? ''),
    sure: t('kept.removeReplySure', { name: draft.title }),
    done: onDone,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    keeping.save({ ...draft, short: draft.short.trim().replace(/^\//u, ''), title: draft.title.trim() });
  };
  return (
    <form onSubmit={submit}>
      <Stack maw={640}>
        <Names draft={draft} change={change} error={keeping.error} />
        {(['fa', 'en'] as const).map((locale) => (
          <TextEditor
            key={locale}
            locale={locale}
            text={draft.texts[locale]}
            onChange={(text) => change({ texts: { ...draft.texts, [locale]: text } })}
          />
        ))}
        <CannedFiles
          files={draft.files}
          onAdd={(file) => setDraft((known) => ({ ...known, files: [...known.files, file] }))}
          onRemove={(id) => change({ files: draft.files.filter((file) => file.id !== id) })}
        />
        <QueueScope chosen={draft.queueIds} onChange={(queueIds) => change({ queueIds })} />
        <ManyOf
          label={t('kept.onChannels')}
          options={kinds.map((value) => ({ value, label: t(`channel.${value}`) }))}
          chosen={draft.channelKinds}
          onChange={(channelKinds) => change({ channelKinds })}
        />
        {!reply && (
          <OwnerSwitch personal={draft.personal} isFixed={!overseesAll} onChange={(personal) => change({ personal })} />
        )}
        <KeptEnd
          error={keeping.error}
          isSaving={keeping.isSaving}
          isRemoving={keeping.isRemoving}
          onRemove={reply && keeping.remove}
          onCancel={onDone}
        />
      </Stack>
    </form>
  );
}

interface NamesProps {
  draft: Draft;
  change: (part: Partial<Draft>) => void;
  error: Error | null;
}

function Names({ draft, change, error }: NamesProps) {
  const { t } = useI18n();
  const problemText = useProblemText();
  const isShortAtFault = isProblem(error) && error.problem.field === 'short';
  return (
    <>
      <TextInput
        label={t('kept.replyTitle')}
        required
        maxLength={120}
        dir="auto"
        value={draft.title}
        onChange={(event) => change({ title: event.currentTarget.value })}
      />
      <TextInput
        label={t('kept.short')}
        description={t('kept.shortHint')}
        leftSection="/"
        required
        maxLength={40}
        pattern="\S+"
        error={isShortAtFault && problemText(error)}
        value={draft.short}
        onChange={(event) => change({ short: event.currentTarget.value })}
      />
    </>
  );
}

function draftOf(reply: CannedReplyView | null, personal: boolean): Draft {
  if (!reply) {
    return { short: '', title: '', texts: { en: '', fa: '' }, queueIds: [], channelKinds: [], files: [], personal };
  }
  const { short, title, texts, queueIds, channelKinds, files } = reply;
  return { short, title, texts, queueIds, channelKinds, files, personal: reply.personal };
}
