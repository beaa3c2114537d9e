import { Skeleton } from '@mantine/core';
import { lazy, Suspense, type ReactNode } from 'react';
import type { ConversationView } from '#contract';
import { useMe } from '../../api/queries.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { useConversation } from '../../live/use-conversation.js';
import { currentTicket } from '../../live/use-ticket-actions.js';
import { useCustomerIsTyping, useTeammates } from '../../live/use-presence.js';
import { IconAlert } from '../../ui/icons.js';
import { Failed } from '../../ui/states.js';
import { useCustomerName } from '../../ui/use-customer-name.js';
import { Composer } from './composer.js';
import { ConversationHeader } from './conversation-header.js';
import './conversation-pane.css';
import { useOpenedPage } from './mail/opened-page.js';
import { Timeline } from './timeline.js';
import { useReadMarks } from './use-read-marks.js';

const PlaceStrip = lazy(async () => ({ default: (await import('../../live/place-chips.js')).PlaceStrip }));
const MailPage = lazy(async () => ({ default: (await import('./mail/mail-page.js')).MailPage }));

interface Props {
  person: string;
  /** The ticket that the list's line was about. */
  ticket: string | undefined;
  /** What the page puts before and after the name: the way back, the way to the customer. */
  before?: ReactNode;
  after?: ReactNode;
  /** What it says about the customer under the header. */
  notice?: ReactNode;
}

export function ConversationPane({ person, ticket, before, after, notice }: Props) {
  const { t } = useI18n();
  const conversation = useConversation(person);
  if (conversation.isError) {
    return (
      <Failed what={t('conversation.failed')} error={conversation.error} retry={() => void conversation.refetch()} />
    );
  }
  if (!conversation.data) {
    return <Placeholder />;
  }
  return <Opened key={person} view={conversation.data} ticket={ticket} before={before} after={after} notice={notice} />;
}

function Opened({ view, ticket, before, after, notice }: Omit<Props, 'person'> & { view: ConversationView }) {
  useReadMarks(view);
  const current = currentTicket(view.tickets, ticket);
  return (
    <>
      <ConversationHeader view={view} ticketId={ticket} before={before} after={after} />
      {notice}
      <Suspense>{current && <PlaceStrip ticket={current} />}</Suspense>
      <WritingTeammate person={view.id} />
      <Timeline view={view} />
      <CustomerTyping view={view} />
      <Composer view={view} />
      <OpenedMail />
    </>
  );
}

/** The dialog comes with its own chunk, for those who look at a page. */
function OpenedMail() {
  const isOpen = useOpenedPage(({ mail }) => mail !== null);
  return isOpen ? (
    <Suspense>
      <MailPage />
    </Suspense>
  ) : null;
}

/** Two agents answering one customer is what everybody else notices; it is said before they do. */
function WritingTeammate({ person }: { person: string }) {
  const { t } = useI18n();
  const me = useMe();
  const writing = useTeammates(person, me.id).find(({ typing }) => typing);
  return (
    <output>
      {writing && (
        <span className="conversation-collision">
          <IconAlert size={16} aria-hidden /> {t('conversation.writing', { name: writing.name })}
        </span>
      )}
    </output>
  );
}

function CustomerTyping({ view }: { view: ConversationView }) {
  const { t } = useI18n();
  const nameOf = useCustomerName();
  const isTyping = useCustomerIsTyping(view.id);
  return isTyping ? (
    <p className="conversation-typing">
      <span className="conversation-dots" aria-hidden>
        <i />
        <i />
        <i />
      </span>
      {t('conversation.customerTyping', { name: nameOf(view.customer) })}
    </p>
  ) : null;
}

function Placeholder() {
  const { t } = useI18n();
  return (
    <div className="conversation-loading">
      <output className="unseen">{t('common.loading')}</output>
      <Skeleton height={40} width="40%" />
      <Skeleton height={56} width="55%" radius="lg" />
      <Skeleton height={40} width="35%" radius="lg" />
      <Skeleton height={72} width="60%" radius="lg" className="conversation-loading-ours" />
      <Skeleton height={48} width="45%" radius="lg" />
    </div>
  );
}
