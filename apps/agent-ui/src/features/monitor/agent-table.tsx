import { lazy, Suspense, useState, type ReactNode } from 'react';
import type { AgentStatus, BoardAgent, BoardTicket } from '#contract';
import { useI18n } from '../../i18n/use-i18n.js';
import { useHubNow } from './board-clock.js';
import { HeldTicket, type TicketQuestion } from './held-ticket.js';
import { ScrollTable } from './scroll-table.js';
import { TakeOverDialog } from './take-over-dialog.js';
import type { ShownBoard } from './use-board.js';

const ExplainDialog = lazy(async () => ({
  default: (await import('../../ui/explain/explain-dialog.js')).ExplainDialog,
}));

interface Asked {
  question: TicketQuestion;
  ticket: BoardTicket;
  agent: BoardAgent;
}

interface Props {
  shown: ShownBoard;
  openTicket: (ticket: BoardTicket) => ReactNode;
}

const order: readonly AgentStatus[] = ['online', 'busy', 'away', 'offline'];

/** Who is here, since when, with how much in hand. */
export function AgentTable({ shown, openTicket }: Props) {
  const { t } = useI18n();
  // Kept apart from the lines: they come and go while somebody writes.
  const [asked, setAsked] = useState<Asked | null>(null);
  const forget = () => setAsked(null);
  const agents = shown.board.agents.toSorted(
    (a, b) => order.indexOf(a.status) - order.indexOf(b.status) || a.name.localeCompare(b.name),
  );
  return (
    <div className="board-card">
      <h2 id="board-agents">{t('monitor.agents')}</h2>
      <ScrollTable labelledBy="board-agents">
        <table className="board-table board-agents">
          <thead>
            <tr>
              <th scope="col">{t('monitor.agent')}</th>
              <th scope="col">{t('monitor.state')}</th>
              <th scope="col">{t('monitor.since')}</th>
              <th scope="col">{t('monitor.load')}</th>
              <th scope="col">{t('monitor.worksOn')}</th>
              <th scope="col">{t('monitor.lastActive')}</th>
            </tr>
          </thead>
          <tbody>
            {agents.map((agent) => (
              <Line
                key={agent.id}
                agent={agent}
                shown={shown}
                openTicket={openTicket}
                ask={(question, ticket) => setAsked({ question, ticket, agent })}
              />
            ))}
          </tbody>
        </table>
      </ScrollTable>
      {asked?.question === 'takeOver' && <TakeOverDialog ticket={asked.ticket} agent={asked.agent} onClose={forget} />}
      <Suspense>{asked?.question === 'why' && <ExplainDialog ticket={asked.ticket} onClose={forget} />}</Suspense>
    </div>
  );
}

interface LineProps {
  agent: BoardAgent;
  shown: ShownBoard;
  openTicket: (ticket: BoardTicket) => ReactNode;
  ask: (question: TicketQuestion, ticket: BoardTicket) => void;
}

function Line({ agent, shown, openTicket, ask }: LineProps) {
  const { t, format } = useI18n();
  const now = useHubNow(shown);
  const ago = (at: string | null) => (at === null ? '–' : <time dateTime={at}>{format.ago(at, now)}</time>);
  const more = agent.held - agent.tickets.length;
  return (
    <tr data-agent={agent.id}>
      <th scope="row">
        <bdi>{agent.name}</bdi>
      </th>
      <td>
        <span className="board-state" data-status={agent.status}>
          {t(`status.${agent.status}`)}
        </span>
      </td>
      <td>{ago(agent.since)}</td>
      <td>
        <Load {...agent.load} />
      </td>
      <td>
        <span className="board-tickets">
          {agent.tickets.map((ticket) => (
            <HeldTicket
              key={ticket.id}
              ticket={ticket}
              agent={agent}
              link={openTicket(ticket)}
              ask={(question) => ask(question, ticket)}
            />
          ))}
          {more > 0 && <span>{t('monitor.more', { count: more })}</span>}
          {agent.held === 0 && '–'}
        </span>
      </td>
      <td>{ago(agent.lastActiveAt)}</td>
    </tr>
  );
}

function Load({ used, of }: { used: number; of: number }) {
  const { t, format } = useI18n();
  const words = t('monitor.loadOf', { used: format.number(used), all: format.number(of) });
  return (
    <span className="board-load">
      <meter min={0} max={Math.max(of, 1)} high={of * 0.9} value={Math.min(used, of)} aria-label={words} />
      <small>{words}</small>
    </span>
  );
}
