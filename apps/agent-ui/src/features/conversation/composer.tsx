import { ActionIcon, Button } from '@mantine/core';
import { lazy, Suspense, useRef, type ClipboardEvent, type DragEvent, type KeyboardEvent } from 'react';
import type { ConversationView } from '#contract';
import type { WritingKind } from '../../api/drafts.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { useCommand } from '../../ui/commands.js';
import { IconAttach, IconLock, IconSend } from '../../ui/icons.js';
import { ComposerFiles } from './composer-files.js';
import { ComposerRoute } from './composer-route.js';
import './composer.css';
import { useComposer, type Composing } from './use-composer.js';

/** Only an SMS is counted. */
const SmsCounter = lazy(async () => ({ default: (await import('./sms/sms-counter.js')).SmsCounter }));

/** Where an agent writes: to the customer, or to the team. The two never look alike. */
export function Composer({ view }: { view: ConversationView }) {
  const { t } = useI18n();
  const composing = useComposer(view);
  const { kind, setKind, draft, change, submit } = composing;
  const text = useRef<HTMLTextAreaElement>(null);
  const write = (next: WritingKind) => {
    setKind(next);
    text.current?.focus();
  };
  useCommand('reply', () => write('text'));
  useCommand('note', () => write('note'));

  const sendByKey = (event: KeyboardEvent) => {
    if (event.code === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      submit();
    }
  };
  return (
    <section className="composer" data-kind={kind} aria-label={t('composer.label')}>
      <ComposerRoute view={view} composing={composing} onKind={write} />
      <div className="composer-box" {...fileDrops(composing)}>
        <textarea
          ref={text}
          rows={3}
          value={draft.body}
          dir={draft.body ? 'auto' : undefined}
          aria-label={kind === 'note' ? t('composer.note') : t('composer.reply')}
          placeholder={kind === 'note' ? t('composer.notePlaceholder') : t('composer.replyPlaceholder')}
          onChange={(event) => change({ body: event.currentTarget.value })}
          onKeyDown={sendByKey}
          onBlur={composing.stoppedTyping}
        />
        <ComposerFiles composing={composing} />
        <ComposerBar composing={composing} />
      </div>
    </section>
  );
}

function ComposerBar({ composing }: { composing: Composing }) {
  const { t, format } = useI18n();
  const { kind, way, excess, maySend, submit, uploads } = composing;
  const picker = useRef<HTMLInputElement>(null);
  const takesFiles = kind === 'note' || way?.attachments !== false;
  const limits = way?.fileLimits;
  const most = limits && t('composer.attachUpTo', { count: limits.maxCount, size: format.bytes(limits.maxBytes) });
  return (
    <div className="composer-bar">
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        onChange={(event) => {
          uploads.addFiles(event.currentTarget.files ?? []);
          event.currentTarget.value = '';
        }}
      />
      <ActionIcon
        aria-label={takesFiles ? t('composer.attach') : t('composer.noAttachments')}
        title={takesFiles ? (most ?? t('composer.attach')) : t('composer.noAttachments')}
        disabled={!takesFiles}
        onClick={() => picker.current?.click()}
      >
        <IconAttach size={19} />
      </ActionIcon>
      <output className="composer-hint" data-tone={excess > 0 ? 'bad' : undefined}>
        {excess > 0 ? t('composer.tooLong', { count: excess }) : <Hint composing={composing} />}
      </output>
      <Button
        className="composer-send"
        disabled={!maySend}
        onClick={submit}
        leftSection={kind === 'note' ? <IconLock size={17} /> : <IconSend size={17} className="points" />}
      >
        {kind === 'note' ? t('composer.addNote') : t('composer.send')}
      </Button>
    </div>
  );
}

function Hint({ composing: { way, draft, change } }: { composing: Composing }) {
  const { t } = useI18n();
  if (way?.channelKind === 'sms') {
    return (
      <Suspense>
        <SmsCounter channelId={way.channelId} body={draft.body} onChange={(body) => change({ body })} />
      </Suspense>
    );
  }
  return draft.body.trim() ? t('composer.draftKept') : null;
}

/** Files may be dropped and pictures pasted, wherever the paperclip would take them. */
function fileDrops({ kind, way, uploads }: Composing) {
  const takesFiles = kind === 'note' || way?.attachments !== false;
  const take = (event: DragEvent | ClipboardEvent, files: FileList | undefined) => {
    if (takesFiles && files?.length) {
      event.preventDefault();
      uploads.addFiles(files);
    }
  };
  return {
    onDragOver: (event: DragEvent) => event.preventDefault(),
    onDrop: (event: DragEvent) => take(event, event.dataTransfer.files),
    onPaste: (event: ClipboardEvent) => take(event, event.clipboardData.files),
  };
}
