import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { BoardHand, BoardQueue, BoardTicket } from '#contract';
import { MonitorPage } from '../features/monitor/monitor-page.js';
import { WallPage } from '../features/monitor/wall-page.js';
import { HandStrip } from '../features/steering/hand-strip.js';
import { useI18n } from '../i18n/use-i18n.js';
import { ticketNumber } from '../ui/ticket-number.js';

export function MonitorRoutePage() {
  return (
    <MonitorPage
      hands={(board) => <HandStrip hands={board.hands} goTo={(hand) => <GoToHand hand={hand} />} />}
      openQueue={(queue) => <QueueLink queue={queue} />}
      openTicket={(ticket) => <TicketLink key={ticket.id} ticket={ticket} />}
      openWall={(label) => (
        <Button variant="default" renderRoot={(props) => <Link to="/monitor/wall" {...props} />}>
          {label}
        </Button>
      )}
    />
  );
}

export function WallRoutePage() {
  return (
    <WallPage
      leave={(label) => (
        <Button variant="default" renderRoot={(props) => <Link to="/monitor" {...props} />}>
          {label}
        </Button>
      )}
    />
  );
}

function GoToHand({ hand: { agent, ticket } }: { hand: BoardHand }) {
  const { t } = useI18n();
  return (
    <Button
      variant="default"
      size="compact-sm"
      aria-label={t('steering.goToNamed', { name: agent.name })}
      renderRoot={(props) => (
        <Link to="/watch/$conversation" params={{ conversation: ticket.conversation }} {...props} />
      )}
    >
      {t('steering.goTo')}
    </Button>
  );
}

function QueueLink({ queue }: { queue: BoardQueue }) {
  const { t } = useI18n();
  return (
    <Button
      variant="light"
      size="compact-sm"
      aria-label={t('monitor.openNamed', { queue: queue.name })}
      renderRoot={(props) => (
        <Link to="/inbox/$view" params={{ view: 'open' }} search={{ queue: queue.id }} {...props} />
      )}
    >
      {t('monitor.open')}
    </Button>
  );
}

function TicketLink({ ticket }: { ticket: BoardTicket }) {
  const { format } = useI18n();
  return (
    <Link
      to="/inbox/$view/$conversation"
      params={{ view: 'all', conversation: ticket.conversation }}
      search={{ ticket: ticket.id }}
    >
      <bdi>#{ticketNumber(ticket, format)}</bdi>
    </Link>
  );
}
