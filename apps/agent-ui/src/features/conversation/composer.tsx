import { ActionIcon } from '@mantine/core';
import {
  lazy,
  Suspense,
  useRef,
  type ClipboardEvent,
  type DragEvent,
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
} from 'react';
import type { ConversationView, TicketView } from '#contract';
import type { WritingKind } from '../../api/drafts.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { useCommand } from '../../ui/commands.js';
import { IconAttach } from '../../ui/icons.js';
import { usePreferences } from '../../ui/preferences.js';
import { ComposerFiles } from './composer-files.js';
import { SendButton } from './send-button.js';
import { sendsByKey } from './sends-by-key.js';
import { useComposerCommands } from './use-composer-commands.js';
import { takeBackLast } from './held/give-back.js';
import { ComposerRoute } from './composer-route.js';
import './composer.css';
import { unfilledAt } from './kept/slash-word.js';
import { useSlash } from './kept/use-slash.js';
import { late } from '../../ui/late.js';
import { useComposer, type Composing } from './use-composer.js';

/** Only notes name colleagues. */
const MentionList = lazy(async () => ({ default: (await import('./properties/mention-list.js')).MentionList }));

/** Only an SMS is counted. */
const SmsCounter = late(async () => ({ default: (await import('./sms/sms-counter.js')).SmsCounter }));

/** What is kept ready comes after the field that it goes into. */
const ComposerExtras = late(async () => ({ default: (await import('./kept/composer-extras.js')).ComposerExtras }));
const ReplyMenu = lazy(async () => ({ default: (await import('./kept/reply-menu.js')).ReplyMenu }));

interface Props {
  view: ConversationView;
  /** The ticket that is worked on. */
  ticket: TicketView | undefined;
}

/** Where an agent writes: to the customer, or to the team. The two never look alike. */
export function Composer({ view, ticket }: Props) {
  const { t } = useI18n();
  const composing = useComposer(view);
  const { kind, setKind, draft, change, submit } = composing;
  const text = useRef<HTMLTextAreaElement>(null);
  const slash = useSlash();
  const write = (next: WritingKind) => {
    setKind(next);
    text.current?.focus();
  };
  useCommand('reply', () => write('text'));
  useCommand('note', () => write('note'));

  useComposerCommands(view, composing, text);

  const sendByKey = (event: KeyboardEvent) => {
    const isCommand = event.ctrlKey || event.metaKey;
    if (sendsByKey(event.nativeEvent, usePreferences.getState().enterSends)) {
      event.preventDefault();
      submit(event.shiftKey ? { do: 'solve' } : undefined);
    } else if (isCommand && event.code === 'KeyZ' && !event.shiftKey && draft.body === '' && takeBackLast(view.id)) {
      event.preventDefault();
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
          aria-autocomplete="list"
          aria-controls={slash.active && 'reply-menu'}
          aria-activedescendant={slash.active}
          onChange={(event) => {
            change({ body: event.currentTarget.value });
            slash.look(event.currentTarget);
          }}
          onSelect={(event) => slash.look(event.currentTarget)}
          onKeyDown={sendByKey}
          onBlur={() => {
            composing.stoppedTyping();
            slash.close();
          }}
        />
        {slash.word && (
          <Suspense>
            <ReplyMenu view={view} composing={composing} slash={slash} word={slash.word} field={text} />
          </Suspense>
        )}
        <Suspense>
          {kind === 'note' && <MentionList field={text} body={draft.body} onChange={(body) => change({ body })} />}
        </Suspense>
        <ComposerFiles composing={composing} />
        <ComposerBar composing={composing} field={text}>
          <Suspense>
            <ComposerExtras view={view} ticket={ticket} composing={composing} field={text} />
          </Suspense>
        </ComposerBar>
      </div>
    </section>
  );
}

interface BarProps {
  composing: Composing;
  field: RefObject<HTMLTextAreaElement | null>;
  children: ReactNode;
}

function ComposerBar({ composing, field, children }: BarProps) {
  const { t, format } = useI18n();
  const { kind, way, excess, uploads } = composing;
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
      {children}
      <output className="composer-hint" data-tone={excess > 0 ? 'bad' : undefined}>
        {excess > 0 && t('composer.tooLong', { count: excess })}
        {excess === 0 &&
          (composing.isUnfilled ? <Unfilled composing={composing} field={field} /> : <Hint composing={composing} />)}
      </output>
      <SendButton composing={composing} />
    </div>
  );
}

/** What a canned reply had no value for is still in the text; pressing it goes there. */
function Unfilled({ composing: { draft }, field }: Pick<BarProps, 'composing' | 'field'>) {
  const { t } = useI18n();
  const show = () => {
    const at = unfilledAt(draft.body);
    field.current?.focus();
    field.current?.setSelectionRange(at?.from ?? 0, at?.to ?? 0);
  };
  return (
    <button type="button" className="composer-unfilled" onClick={show}>
      {t('composer.unfilled')}
    </button>
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
  const mark = (event: DragEvent, on: boolean) =>
    event.currentTarget.toggleAttribute('data-dropping', on && takesFiles);
  const take = (event: DragEvent | ClipboardEvent, files: FileList | undefined) => {
    if (takesFiles && files?.length) {
      event.preventDefault();
      uploads.addFiles(files);
    }
  };
  return {
    onDragOver: (event: DragEvent) => {
      event.preventDefault();
      mark(event, true);
    },
    onDragLeave: (event: DragEvent) => mark(event, false),
    onDrop: (event: DragEvent) => {
      mark(event, false);
      take(event, event.dataTransfer.files);
    },
    onPaste: (event: ClipboardEvent) => take(event, event.clipboardData.files),
  };
}
