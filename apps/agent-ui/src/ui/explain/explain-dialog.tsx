import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { ExplainView, TicketView } from '#contract';
import { keys } from '../../api/keys.js';
import { routing } from '../../api/routing.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { useTexts } from '../../i18n/use-texts.js';
import { Dialog } from '../dialog.js';
import { Failed } from '../states.js';
import { ticketNumber } from '../ticket-number.js';
import { AgentAnswer } from './agent-answer.js';
import { chooseAnswers } from './choose-answers.js';
import { DeadlineAnswer } from './deadline-answer.js';
import './explain.css';
import { OrderAnswer } from './order-answer.js';
import { StepList } from './step-list.js';
import { sayQueued, useExplainWords } from './use-explain-words.js';

/** What a list of tickets knows of each. */
export type ExplainedTicket = Pick<TicketView, 'id' | 'prefix' | 'number'>;

/** Why a ticket is in this queue, with this agent, at this place and due by this time, in sentences. */
export function ExplainDialog({ ticket, onClose }: { ticket: ExplainedTicket; onClose: () => void }) {
  const isSpoken = useTexts('routing');
  const { t, format } = useI18n();
  const why = useQuery({
    queryKey: keys.explain(ticket.id),
    queryFn: ({ signal }) => routing.explain(ticket.id, signal),
    staleTime: 0,
    gcTime: 0,
  });
  if (!isSpoken) {
    return null;
  }
  return (
    <Dialog size="lg" title={t('explain.title', { number: ticketNumber(ticket, format) })} onClose={onClose}>
      {why.isError && <Failed what={t('explain.failed')} error={why.error} retry={() => void why.refetch()} />}
      {why.isPending && <Skeleton height={240} />}
      {why.data && <Reasons view={why.data} />}
    </Dialog>
  );
}

function Reasons({ view }: { view: ExplainView }) {
  const words = useExplainWords();
  const { t, thing } = words;
  const { queued, ranked, choice, handed, promises } = chooseAnswers(view);
  return (
    <div className="explain">
      <Answer heading={t('explain.queueHeading')}>
        <p>{queued ? sayQueued(queued, words) : t('explain.queue.unknown', { queue: thing(view.queue) })}</p>
      </Answer>
      <Answer heading={t('explain.agentHeading')}>
        <AgentAnswer view={view} choice={choice} handed={handed} />
      </Answer>
      <Answer heading={t('explain.orderHeading')}>
        <OrderAnswer place={view.place} ranked={ranked} choice={choice} />
      </Answer>
      <Answer heading={t('explain.deadlineHeading')}>
        <DeadlineAnswer promises={promises} />
      </Answer>
      <Answer heading={t('explain.stepsHeading')}>
        <StepList steps={view.steps} />
      </Answer>
    </div>
  );
}

function Answer({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <section className="explain-answer">
      <h3>{heading}</h3>
      {children}
    </section>
  );
}
