import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { SampleDetailView, SampleTicketView } from '#contract';
import { quality, qualityKeys } from '../../api/quality.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { Empty, Failed } from '../../ui/states.js';
import { ticketSign } from '../../ui/ticket-number.js';
import { useCustomerName } from '../../ui/use-customer-name.js';
import { ResultMark } from './result-mark.js';
import { DrawnFrom, Progress } from './samples-screen.js';

/** What was drawn, and what has become of it. */
export function SampleScreen({ id }: { id: string }) {
  const answer = useQuery({ queryKey: qualityKeys.sample(id), queryFn: ({ signal }) => quality.sample(id, signal) });
  if (answer.isPending) {
    return <Skeleton height={240} />;
  }
  if (answer.isError) {
    return <Failed error={answer.error} retry={() => void answer.refetch()} />;
  }
  return <Sample sample={answer.data} />;
}

function Sample({ sample }: { sample: SampleDetailView }) {
  const { t, format } = useI18n();
  const { id, name, list, tickets, reviewed, by, at, seed } = sample;
  return (
    <>
      <p className="quality-up">
        <Link to="/quality/$part" params={{ part: 'samples' }} search={{}}>
          {t('quality.backToSamples')}
        </Link>
      </p>
      <div className="quality-head">
        <div>
          <h2>
            <bdi>{name}</bdi>
          </h2>
          <p className="quality-hint">
            <DrawnFrom sample={sample} /> · {t('quality.drawnBy', { who: by.name, time: format.dateTime(at) })}
            {seed !== null && <> · {t('quality.seedIs', { seed })}</>}
          </p>
        </div>
        <Progress reviewed={reviewed} tickets={tickets} />
      </div>
      {list.length === 0 ? (
        <Empty>{t('quality.noTickets')}</Empty>
      ) : (
        <ul className="quality-list" aria-label={t('quality.tickets')}>
          {list.map((one) => (
            <Ticket key={one.ticket.id} sample={id} one={one} />
          ))}
        </ul>
      )}
    </>
  );
}

function Ticket({ sample, one }: { sample: string; one: SampleTicketView }) {
  const { t, format } = useI18n();
  const nameOf = useCustomerName();
  const { ticket, conversation, customerName, agent, queue, isOwn, review } = one;
  const words = (
    <>
      <strong>
        {conversation === null ? t('quality.gone') : <bdi>{nameOf({ name: customerName ?? '' })}</bdi>}{' '}
        <span className="quality-number">{ticketSign(ticket, format)}</span>
      </strong>
      {ticket.subject !== '' && (
        <span className="one-line" dir="auto">
          {ticket.subject}
        </span>
      )}
      <small>
        <bdi>{agent.name}</bdi> · <bdi>{queue.name}</bdi>
      </small>
    </>
  );
  return (
    <li>
      {conversation === null ? (
        <div className="quality-words">{words}</div>
      ) : (
        <Link to="/quality/$part" params={{ part: 'samples' }} search={{ sample, ticket: ticket.id }}>
          {words}
        </Link>
      )}
      <State isOwn={isOwn} review={review} />
    </li>
  );
}

function State({ isOwn, review }: Pick<SampleTicketView, 'isOwn' | 'review'>) {
  const { t } = useI18n();
  if (review) {
    return <ResultMark {...review} />;
  }
  return <span className="quality-state">{t(isOwn ? 'quality.own' : 'quality.waiting')}</span>;
}
