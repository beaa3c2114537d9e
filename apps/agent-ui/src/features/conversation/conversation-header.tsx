import { ActionIcon, Button } from '@mantine/core';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import type { ConversationView, TicketView } from '#contract';
import { useMe, useQueues } from '../../api/queries.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { currentTicket, useTicketActions } from '../../live/use-ticket-actions.js';
import { useTeammates } from '../../live/use-presence.js';
import { useSight } from '../../live/use-sight.js';
import { useCommand } from '../../ui/commands.js';
import { IconCall, IconCheck, IconEdit, IconViewing } from '../../ui/icons.js';
import { PersonAvatar } from '../../ui/person-avatar.js';
import { useCustomerName } from '../../ui/use-customer-name.js';
import { PromiseChip } from '../../ui/promise-chip.js';
import { ticketNumber } from '../../ui/ticket-number.js';
import { goOn } from './go-on.js';
import { useCallTimer } from './log-call-timer.js';

const LogCallForm = lazy(async () => ({ default: (await import('./log-call-form.js')).LogCallForm }));
const LogCallStrip = lazy(async () => ({ default: (await import('./log-call-strip.js')).LogCallStrip }));

interface Props {
  view: ConversationView;
  ticketId: string | undefined;
  before: ReactNode;
  after: ReactNode;
}

/** Who this is, what it is about, who else looks at it, and the next step. */
export function ConversationHeader({ view, ticketId, before, after }: Props) {
  const { t } = useI18n();
  const nameOf = useCustomerName();
  const [logsCall, setLogsCall] = useState(false);
  const ticket = currentTicket(view.tickets, ticketId);
  const timer = useCallTimer(view.id);
  const liveId = ticket?.state === 'solved' || ticket?.state === 'closed' ? undefined : ticket?.id;
  return (
    <header className="conversation-header">
      {before}
      <div className="conversation-title">
        <h1 className="one-line">
          <bdi>{nameOf(view.customer)}</bdi>
        </h1>
        <p className="one-line">
          <Subtitle view={view} ticket={ticket} />
        </p>
      </div>
      {ticket && <PromiseChip clocks={ticket.sla} />}
      <Viewers person={view.id} />
      <ActionIcon
        aria-label={t('conversation.logCall')}
        title={t('conversation.logCall')}
        onClick={() => setLogsCall(true)}
      >
        <IconCall size={19} />
      </ActionIcon>
      {ticket && <NextStep person={view.id} ticket={ticket} />}
      {after}
      {logsCall && (
        <Suspense>
          <LogCallForm view={view} ticketId={liveId} isTimed={timer !== null} onClose={() => setLogsCall(false)} />
        </Suspense>
      )}
      {timer && (
        <Suspense>
          <LogCallStrip view={view} ticketId={liveId} timer={timer} />
        </Suspense>
      )}
    </header>
  );
}

function Subtitle({ view, ticket }: { view: ConversationView; ticket: TicketView | undefined }) {
  const { t, format } = useI18n();
  const queue = useQueues().find(({ id }) => id === ticket?.queueId);
  if (!ticket) {
    return t(`holder.${view.holder}`);
  }
  return (
    <>
      <bdi>{t('ticket.number', { number: ticketNumber(ticket, format) })}</bdi>
      {' · '}
      {queue && (
        <>
          <bdi>{queue.name}</bdi>
          {' · '}
        </>
      )}
      {view.holder === 'bot' ? t('holder.bot') : t(`ticket.state.${ticket.state}`)}
    </>
  );
}

/** One button for what usually comes next: take what is nobody's, solve what is being worked on, reopen what was solved. */
function NextStep({ person, ticket }: { person: string; ticket: TicketView }) {
  const { t } = useI18n();
  const me = useMe();
  const { change, assign, isBusy } = useTicketActions(person);
  const isDone = ticket.state === 'solved' || ticket.state === 'closed';
  const resolve = () => change({ ticket, change: { state: 'solved' } }, { onSuccess: goOn });
  useCommand('resolve', isDone ? null : resolve);
  if (ticket.state === 'closed') {
    return null;
  }
  if (isDone) {
    return (
      <Button variant="default" loading={isBusy} onClick={() => change({ ticket, change: { state: 'open' } })}>
        {t('ticket.reopen')}
      </Button>
    );
  }
  if (ticket.ownerId === null) {
    return (
      <Button loading={isBusy} onClick={() => assign({ ticket, agentId: me.id })}>
        {t('ticket.take')}
      </Button>
    );
  }
  return (
    <Button leftSection={<IconCheck size={17} />} loading={isBusy} onClick={resolve}>
      {t('ticket.resolve')}
    </Button>
  );
}

function Viewers({ person }: { person: string }) {
  const { t } = useI18n();
  const me = useMe();
  const viewers = useTeammates(person, me.id);
  useSight();
  return (
    <ul className="conversation-viewers">
      {viewers.slice(0, 3).map(({ id, name, typing, away }) => {
        const level = typing ? 'writing' : away ? 'away' : 'viewing';
        const Mark = typing ? IconEdit : IconViewing;
        // That they write is said by the banner.
        const label = t(level === 'away' ? 'conversation.away' : 'conversation.viewing', { name });
        return (
          <li key={id} data-level={level} title={label}>
            <PersonAvatar name={name} size={28}>
              <Mark size={12} className="conversation-viewing" />
            </PersonAvatar>
            <span className="unseen">{label}</span>
          </li>
        );
      })}
    </ul>
  );
}
