import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { BoardQueue, BoardTicket } from '#contract';
import { MonitorPage } from '../features/monitor/monitor-page.js';
import { WallPage } from '../features/monitor/wall-page.js';
import { useI18n } from '../i18n/use-i18n.js';
import { ticketNumber } from '../ui/ticket-number.js';

export function MonitorRoutePage() {
  return (
    <MonitorPage
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
