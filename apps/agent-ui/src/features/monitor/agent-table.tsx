import { Menu } from '@mantine/core';
import { Suspense, useState, type ReactNode } from 'react';
import type { AgentStatus, BoardAgent, BoardTicket } from '#contract';
import { useMay, useMe } from '../../api/queries.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { ExplainDialog } from '../../ui/explain/late-explain-dialog.js';
import { AgentWorkDialog } from './agent-work-dialog.js';
import { useHubNow } from './board-clock.js';
import { HeldTicket, type TicketQuestion } from './held-ticket.js';
import { LateMenu } from './late-menu.js';
import { ScrollTable } from './scroll-table.js';
import { StatusDialog } from './status-dialog.js';
import { TakeOverDialog } from './take-over-dialog.js';
import type { ShownBoard } from './use-board.js';

interface Asked {
  question: TicketQuestion;
  ticket: BoardTicket;
  agent: BoardAgent;
}

/** What is asked about an agent. */
type AgentQuestion = 'work' | 'status';

interface AskedOfAgent {
  question: AgentQuestion;
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
  const [askedOf, setAskedOf] = useState<AskedOfAgent | null>(null);
  const forget = () => {
    setAsked(null);
    setAskedOf(null);
  };
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
                askOf={(question) => setAskedOf({ question, agent })}
              />
            ))}
          </tbody>
        </table>
      </ScrollTable>
      {askedOf?.question === 'work' && (
        <AgentWorkDialog agent={askedOf.agent} openTicket={openTicket} onClose={forget} />
      )}
      {askedOf?.question === 'status' && <StatusDialog agent={askedOf.agent} onClose={forget} />}
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
  askOf: (question: AgentQuestion) => void;
}

function Line({ agent, shown, openTicket, ask, askOf }: LineProps) {
  const { t, format } = useI18n();
  const now = useHubNow(shown);
  const maySteer = useMay('work.steer');
  const ago = (at: string | null) => (at === null ? '–' : <time dateTime={at}>{format.ago(at, now)}</time>);
  const more = agent.held - agent.tickets.length;
  return (
    <tr data-agent={agent.id}>
      <th scope="row">
        <span className="board-held">
          <bdi>{agent.name}</bdi>
          {maySteer && (
            <LateMenu name={t('monitor.actsOf', { name: agent.name })}>
              <AgentActs agent={agent} ask={askOf} />
            </LateMenu>
          )}
        </span>
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

function AgentActs({ agent, ask }: { agent: BoardAgent; ask: (question: AgentQuestion) => void }) {
  const { t } = useI18n();
  const me = useMe();
  return (
    <>
      <Menu.Item onClick={() => ask('work')}>{t('monitor.allWork')}</Menu.Item>
      {me.id !== agent.id && <Menu.Item onClick={() => ask('status')}>{t('monitor.setStatus')}</Menu.Item>}
    </>
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
