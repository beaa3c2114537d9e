import { Skeleton } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useState, type ReactNode } from 'react';
import type { ConversationView } from '#contract';
import { keys } from '../../api/keys.js';
import { isProblem } from '../../api/problem.js';
import { useMe } from '../../api/queries.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { useConversation } from '../../live/use-conversation.js';
import { currentTicket } from '../../live/use-ticket-actions.js';
import { useCustomerIsTyping, useTeammates } from '../../live/use-presence.js';
import { IconAlert } from '../../ui/icons.js';
import { late } from '../../ui/late.js';
import { Failed } from '../../ui/states.js';
import { useCustomerName } from '../../ui/use-customer-name.js';
import { Composer } from './composer.js';
import { ConversationHeader } from './conversation-header.js';
import './conversation-pane.css';
import { useOpenedPage } from './mail/opened-page.js';
import { Timeline } from './timeline.js';
import { useReadMarks } from './use-read-marks.js';

const PlaceStrip = late(async () => ({ default: (await import('../../live/place-chips.js')).PlaceStrip }));
const TakenAway = lazy(async () => ({ default: (await import('./taken-away.js')).TakenAway }));
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
  /** What stands by whoever writes. */
  beside?: ReactNode;
}

export function ConversationPane({ person, ticket, ...places }: Props) {
  const { t } = useI18n();
  const conversation = useConversation(person);
  const isTaken = useIsTaken(person, conversation);
  if (isTaken) {
    return (
      <Suspense>
        <TakenAway person={person} before={places.before} />
      </Suspense>
    );
  }
  // What is there stays, with the words that are being written, while nobody can say what it has become.
  if (conversation.isError && !conversation.data) {
    return (
      <Failed what={t('conversation.failed')} error={conversation.error} retry={() => void conversation.refetch()} />
    );
  }
  if (!conversation.data) {
    return <Placeholder />;
  }
  return <Opened key={person} view={conversation.data} ticket={ticket} {...places} />;
}

/** Whether a person who was open may not be read any more. What was read of them goes at once, wherever it shows. */
function useIsTaken(
  person: string,
  { data, error }: Pick<ReturnType<typeof useConversation>, 'data' | 'error'>,
): boolean {
  const queries = useQueryClient();
  const [wasOpen, setWasOpen] = useState(false);
  const isRefused = isProblem(error) && (error.status === 404 || error.status === 403);
  if (data && !wasOpen) {
    setWasOpen(true);
  }
  const holdsWhatIsTaken = isRefused && data !== undefined;
  useEffect(() => {
    if (holdsWhatIsTaken) {
      void queries.resetQueries({ queryKey: keys.conversation(person), exact: true });
    }
  }, [holdsWhatIsTaken, person, queries]);
  return wasOpen && isRefused;
}

function Opened({ view, ticket, before, after, notice, beside }: Omit<Props, 'person'> & { view: ConversationView }) {
  useReadMarks(view);
  const current = currentTicket(view.tickets, ticket);
  return (
    <>
      <ConversationHeader view={view} ticketId={ticket} before={before} after={after} />
      {notice}
      {current && <PlaceStrip ticket={current} />}
      <Timeline view={view} />
      <CustomerTyping view={view} />
      <WritingTeammate person={view.id} />
      {beside}
      <Composer view={view} ticket={current} />
      <OpenedMail />
    </>
  );
}

/** The dialog comes with its own chunk, for those who look at a page. */
export function OpenedMail() {
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

export function CustomerTyping({ view }: { view: ConversationView }) {
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

export function Placeholder() {
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
