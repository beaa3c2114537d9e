import { Menu } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { BoardAgent, BoardTicket } from '#contract';
import { useMay, useMe } from '../../api/queries.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { ticketSign } from '../../ui/ticket-number.js';
import { LateMenu } from './late-menu.js';

/** What is asked for in a dialog of its own. */
export type TicketQuestion = 'why' | 'takeOver';

interface Props {
  ticket: BoardTicket;
  agent: BoardAgent;
  link: ReactNode;
  ask: (question: TicketQuestion) => void;
}

/** A ticket in an agent's hands. */
export function HeldTicket({ link, ...held }: Props) {
  const { t, format } = useI18n();
  const name = t('monitor.actsNamed', { number: ticketSign(held.ticket, format), name: held.agent.name });
  return (
    <span className="board-held">
      {link}
      <LateMenu name={name}>
        <TicketActs {...held} />
      </LateMenu>
    </span>
  );
}

function TicketActs({ ticket, agent, ask }: Omit<Props, 'link'>) {
  const { t } = useI18n();
  const me = useMe();
  const mayWatch = useMay('steering.watch');
  const maySteer = useMay('work.steer');
  return (
    <>
      {mayWatch && (
        <Menu.Item
          renderRoot={(props) => (
            <Link to="/watch/$conversation" params={{ conversation: ticket.conversation }} {...props} />
          )}
        >
          {t('monitor.watch')}
        </Menu.Item>
      )}
      <Menu.Item onClick={() => ask('why')}>{t('ticket.why')}</Menu.Item>
      {maySteer && me.id !== agent.id && <Menu.Item onClick={() => ask('takeOver')}>{t('monitor.takeOver')}</Menu.Item>}
    </>
  );
}
