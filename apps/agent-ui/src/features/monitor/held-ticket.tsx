import { ActionIcon, Menu } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useRef, useState, type ReactNode } from 'react';
import type { BoardAgent, BoardTicket } from '#contract';
import { useMay, useMe } from '../../api/queries.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { IconDots } from '../../ui/icons.js';
import { ticketNumber } from '../../ui/ticket-number.js';

/** What is asked for in a dialog of its own. */
export type TicketQuestion = 'why' | 'takeOver';

interface Props {
  ticket: BoardTicket;
  agent: BoardAgent;
  link: ReactNode;
  ask: (question: TicketQuestion) => void;
}

/** A ticket in an agent's hands. Most are only looked at, so its menu is made when it is first opened. */
export function HeldTicket({ ticket, agent, link, ask }: Props) {
  const { t, format } = useI18n();
  const [isWanted, setWanted] = useState(false);
  const name = t('monitor.actsNamed', { number: ticketNumber(ticket, format), name: agent.name });
  return (
    <span className="board-held">
      {link}
      {isWanted ? (
        <TicketActs name={name} ticket={ticket} agent={agent} ask={ask} />
      ) : (
        <ActionIcon
          variant="subtle"
          size={24}
          aria-label={name}
          aria-haspopup="menu"
          aria-expanded={false}
          onClick={() => setWanted(true)}
        >
          <IconDots size={16} aria-hidden />
        </ActionIcon>
      )}
    </span>
  );
}

function TicketActs({ name, ticket, agent, ask }: Omit<Props, 'link'> & { name: string }) {
  const { t } = useI18n();
  const me = useMe();
  const mayWatch = useMay('steering.watch');
  const maySteer = useMay('work.steer');
  const target = useRef<HTMLButtonElement>(null);
  return (
    <Menu position="bottom-end" defaultOpened returnFocus={false} onClose={() => target.current?.focus()}>
      <Menu.Target>
        <ActionIcon ref={target} variant="subtle" size={24} aria-label={name}>
          <IconDots size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
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
        {maySteer && me.id !== agent.id && (
          <Menu.Item onClick={() => ask('takeOver')}>{t('monitor.takeOver')}</Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
