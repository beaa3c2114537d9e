import { ActionIcon, Menu } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useRef, useState } from 'react';
import type { ConversationView, MessageView } from '#contract';
import { changeDraft, draftAt, draftKey } from '../../../api/drafts.js';
import { lifecycle } from '../../../api/lifecycle.js';
import { conversationQuery, useMay } from '../../../api/queries.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { useTexts } from '../../../i18n/use-texts.js';
import { useTicketChanges } from '../../../live/use-ticket-changes.js';
import { useCommands } from '../../../ui/commands.js';
import { IconDots } from '../../../ui/icons.js';
import { notify } from '../../../ui/notify.js';
import { ticketNumber } from '../../../ui/ticket-number.js';
import { quoteOf } from './quote-of.js';
import { useMarkUnread } from './use-mark-unread.js';

const RedactDialog = lazy(async () => ({ default: (await import('./redact-dialog.js')).RedactDialog }));
const MoveDialog = lazy(async () => ({ default: (await import('../lifecycle/move-dialog.js')).MoveDialog }));

interface Props {
  message: MessageView;
  /** Whom it is of; its messages may be old. */
  view: ConversationView;
}

/** The menu of a message, open from the beginning. */
export function MessageActs({ message, view }: Props) {
  const { t } = useI18n();
  const isSpoken = useTexts('reading');
  const target = useRef<HTMLButtonElement>(null);
  const [isMoving, setMoving] = useState(false);
  const [isRedacting, setRedacting] = useState(false);
  return (
    <Menu
      position="bottom-end"
      defaultOpened
      returnFocus={false}
      // The button that was pressed first is another one than this, and nothing would have the focus.
      onClose={() => target.current?.focus()}
    >
      <Menu.Target>
        <ActionIcon ref={target} className="message-options" size="md" aria-label={t('message.options')}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Reason message={message} />
        {isSpoken && <Words message={message} view={view} />}
        {message.mail?.hasSource && (
          <Menu.Item component="a" href={`/api/messages/${message.id}/raw`} download>
            {t('mail.download')}
          </Menu.Item>
        )}
        <Moves message={message} view={view} />
        <Menu.Item onClick={() => setMoving(true)}>{t('message.moveSeveral')}</Menu.Item>
        <Redact message={message} onAsk={() => setRedacting(true)} />
      </Menu.Dropdown>
      <Suspense>{isRedacting && <RedactDialog message={message} onClose={() => setRedacting(false)} />}</Suspense>
      <Suspense>{isMoving && <Moving message={message} view={view} onClose={() => setMoving(false)} />}</Suspense>
    </Menu>
  );
}

/** For whoever may; what is a fact, or has no words any more, cannot be. */
function Redact({ message, onAsk }: Pick<Props, 'message'> & { onAsk: () => void }) {
  const { t } = useI18n();
  const isSpoken = useTexts('privacy');
  const may = useMay('messages.redact');
  return (
    isSpoken &&
    may &&
    message.kind !== 'event' &&
    message.redactedAt === null && (
      <Menu.Item color="red" onClick={onAsk}>
        {t('privacy.redact')}
      </Menu.Item>
    )
  );
}

function Reason({ message }: Pick<Props, 'message'>) {
  const { t } = useI18n();
  const reason = message.ticketReason as keyof typeof reasons | null;
  return reason && reason in reasons && <Menu.Label>{t(`reason.${reason}`)}</Menu.Label>;
}

/** What is done with its words, and with having read them. */
function Words({ message, view }: Props) {
  const { t } = useI18n();
  const markUnread = useMarkUnread(view);
  const copy = async (text: string) => {
    await navigator.clipboard.writeText(text);
    notify(t('common.copied'));
  };
  const quote = () => {
    const key = draftKey(view.id, 'text');
    changeDraft(key, { body: quoteOf(message.body, draftAt(key).body) });
    // The menu gives the focus back first.
    setTimeout(() => useCommands.getState().reply?.());
  };
  const mayCopy = 'clipboard' in navigator;
  return (
    <>
      {mayCopy && message.body && (
        <Menu.Item onClick={() => void copy(message.body)}>{t('message.copyText')}</Menu.Item>
      )}
      {message.kind === 'text' && message.body && <Menu.Item onClick={quote}>{t('reading.quote')}</Menu.Item>}
      {mayCopy && <Menu.Item onClick={() => void copy(linkTo(view.id, message.id))}>{t('reading.copyLink')}</Menu.Item>}
      <Menu.Item onClick={() => markUnread(message.id)}>{t('reading.unreadFrom')}</Menu.Item>
    </>
  );
}

/** Where whoever may read it finds it, whatever their lists show. */
function linkTo(conversation: string, message: string): string {
  return `${location.origin}/inbox/all/${conversation}?message=${message}`;
}

function Moves({ message, view }: Props) {
  const { t, format } = useI18n();
  const { make } = useTicketChanges(view.id);
  const elsewhere = view.tickets.filter(({ id, state }) => id !== message.ticketId && state !== 'closed');
  return (
    <>
      {elsewhere.length > 0 && <Menu.Label>{t('message.moveTo')}</Menu.Label>}
      {elsewhere.map((ticket) => (
        <Menu.Item key={ticket.id} onClick={() => make(() => lifecycle.move(view.id, [message], ticket.id))}>
          {t('message.moveToTicket', { number: ticketNumber(ticket, format), subject: ticket.subject })}
        </Menu.Item>
      ))}
    </>
  );
}

function Moving({ message, view, onClose }: Props & { onClose: () => void }) {
  const now = useQuery({ ...conversationQuery(view.id), enabled: false }).data ?? view;
  return <MoveDialog message={message} view={now} onClose={onClose} />;
}

/** Why a message joined its ticket, in the words of the rule that decided. */
const reasons = {
  reference: true,
  agent_wrote_last: true,
  only_open: true,
  reopened: true,
  most_recent: true,
  new_ticket: true,
  agent_chose: true,
  thanks: true,
  follow_up: true,
  merged: true,
  split: true,
  answers_outreach: true,
};
