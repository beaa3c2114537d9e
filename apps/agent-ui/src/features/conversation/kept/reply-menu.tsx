/* oxlint-disable jsx-a11y/prefer-tag-over-role, jsx-a11y/no-noninteractive-element-to-interactive-role, jsx-a11y/click-events-have-key-events -- A list that is chosen from while the text keeps the focus: no element of HTML is one, and its keys are pressed in the text. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState, type RefObject } from 'react';
import type { ConversationView, OfferedReplyView } from '#contract';
import { kept, keptKeys, type ReplyPlace } from '../../../api/kept.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { useTexts } from '../../../i18n/use-texts.js';
import { IconAttach } from '../../../ui/icons.js';
import { useAction } from '../../../ui/use-action.js';
import type { Composing } from '../use-composer.js';
import { insertText } from './insert-text.js';
import './kept.css';
import type { SlashWord } from './slash-word.js';
import type { Slash } from './use-slash.js';

interface Props {
  view: ConversationView;
  composing: Composing;
  slash: Slash;
  word: SlashWord;
  field: RefObject<HTMLTextAreaElement | null>;
}

const none: OfferedReplyView[] = [];

/** Canned replies that fit what is typed after the slash, each as it would be written to this customer. */
export function ReplyMenu({ view, composing, slash, word, field }: Props) {
  const { t } = useI18n();
  const isSpoken = useTexts('replies');
  const [locale, setLocale] = useState<'en' | 'fa' | undefined>(undefined);
  const place: ReplyPlace = { channelId: composing.way?.channelId, ticketId: composing.draft.ticketId, locale };
  const found = useQuery({
    queryKey: keptKeys.offered(view.id, place, word.query),
    queryFn: ({ signal }) => kept.offered(view.id, place, word.query, signal),
    placeholderData: keepPreviousData,
    staleTime: 5_000,
  });
  const replies = found.data ?? none;
  const fitting = replies.filter(({ unfit }) => unfit === null);
  const write = useAction(
    (reply: OfferedReplyView) => kept.write(view.id, reply.id, place),
    ({ text, files }) => insertText({ conversation: view.id, kind: composing.kind, at: word, text, files, field }),
  );
  const pick = (reply: OfferedReplyView) => {
    slash.close();
    write.mutate(reply);
  };
  const [chosen, choose] = useState(0);
  const active = fitting[Math.min(chosen, fitting.length - 1)];
  const step = (by: 1 | -1) =>
    choose((Math.max(0, fitting.indexOf(active as OfferedReplyView)) + by + fitting.length) % fitting.length);
  useMenuKeys(field, slash, active, { step, pick });
  if (!isSpoken || (replies.length === 0 && (found.isPending || word.query.includes(' ')))) {
    return null;
  }
  return (
    <div className="kept-menu">
      <ul role="listbox" id="reply-menu" aria-label={t('kept.offered')}>
        {replies.map((reply) => (
          <Offer key={reply.id} reply={reply} isActive={reply === active} onPick={() => pick(reply)} />
        ))}
      </ul>
      {replies.length === 0 && <p className="kept-none">{t('kept.noReply')}</p>}
      <p className="kept-foot">
        <span>{t('kept.menuKeys')}</span>
        {(['en', 'fa'] as const).map((one) => (
          <button
            key={one}
            type="button"
            tabIndex={-1}
            aria-pressed={(locale ?? replies[0]?.locale) === one}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => setLocale(one)}
          >
            {t(`language.${one}`)}
          </button>
        ))}
      </p>
    </div>
  );
}

interface Choice {
  step: (by: 1 | -1) => void;
  pick: (reply: OfferedReplyView) => void;
}

/** While the menu is open the arrows, Enter, Tab and Escape are its own, though the text keeps the focus. */
function useMenuKeys(field: Props['field'], slash: Slash, active: OfferedReplyView | undefined, choice: Choice): void {
  const { setActive, close } = slash;
  const { step, pick } = choice;
  const activeId = active?.id;
  useEffect(() => {
    setActive(activeId && `reply-${activeId}`);
    return () => setActive(undefined);
  }, [activeId, setActive]);
  useEffect(() => {
    const take = active && (() => pick(active));
    const acts: Record<string, (() => void) | undefined> = {
      Escape: close,
      ArrowDown: active && (() => step(1)),
      ArrowUp: active && (() => step(-1)),
      Enter: take,
      Tab: take,
    };
    const press = (event: KeyboardEvent) => {
      const isHeld = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
      const act = isHeld ? undefined : acts[event.code];
      if (act) {
        event.preventDefault();
        event.stopPropagation();
        act();
      }
    };
    const area = field.current;
    area?.addEventListener('keydown', press);
    return () => area?.removeEventListener('keydown', press);
  });
}

function Offer({ reply, isActive, onPick }: { reply: OfferedReplyView; isActive: boolean; onPick: () => void }) {
  const { t, format } = useI18n();
  const { short, title, text, missing, fileCount, unfit } = reply;
  return (
    <li
      id={`reply-${reply.id}`}
      role="option"
      aria-selected={isActive}
      aria-disabled={unfit !== null}
      ref={(line) => {
        if (isActive) {
          line?.scrollIntoView({ block: 'nearest' });
        }
      }}
      // The text keeps the focus.
      onMouseDown={(event) => event.preventDefault()}
      onClick={unfit === null ? onPick : undefined}
    >
      <span className="kept-offer-head">
        <bdi className="kept-short">/{short}</bdi>
        <bdi className="one-line">{title}</bdi>
        {fileCount > 0 && (
          <span className="kept-files">
            <IconAttach size={14} aria-hidden />
            {format.number(fileCount)}
            <span className="unseen">{t('kept.files')}</span>
          </span>
        )}
        {missing.length > 0 && unfit === null && (
          <span className="chip" data-tone="warn">
            {t('kept.lacks', { count: missing.length })}
          </span>
        )}
        {unfit !== null && <span className="chip">{t(`kept.unfit_${unfit}`)}</span>}
      </span>
      <span className="kept-offer-text" dir="auto">
        {text}
      </span>
    </li>
  );
}
