import { Skeleton } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { SampleDetailView, SampleTicketView } from '#contract';
import { quality, qualityKeys } from '../../api/quality.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { notify } from '../../ui/notify.js';
import { Empty, Failed } from '../../ui/states.js';
import { ticketSign } from '../../ui/ticket-number.js';
import { ReviewForm } from './review-form.js';
import { FinishedReview } from './finished-review.js';

interface Props {
  sample: string;
  ticket: string;
  showConversation: (person: string) => ReactNode;
}

/** A ticket that was drawn beside its conversation. */
export function ReviewPage({ sample, ticket, showConversation }: Props) {
  const { t } = useI18n();
  const answer = useQuery({
    queryKey: qualityKeys.sample(sample),
    queryFn: ({ signal }) => quality.sample(sample, signal),
  });
  if (answer.isPending) {
    return (
      <main className="quality" id="content" tabIndex={-1}>
        <Skeleton height={240} />
      </main>
    );
  }
  const one = answer.data?.list.find((drawn) => drawn.ticket.id === ticket);
  if (!answer.data || !one || one.conversation === null) {
    return (
      <main className="quality" id="content" tabIndex={-1}>
        {answer.error ? (
          <Failed error={answer.error} retry={() => void answer.refetch()} />
        ) : (
          <Empty>{t('shell.notFound')}</Empty>
        )}
      </main>
    );
  }
  return (
    <div className="quality-beside">
      <main className="inbox-conversation" id="content" tabIndex={-1}>
        {showConversation(one.conversation)}
      </main>
      <Side sample={answer.data} one={one} />
    </div>
  );
}

function Side({ sample, one }: { sample: SampleDetailView; one: SampleTicketView }) {
  const { t, format } = useI18n();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { ticket, agent, review, isOwn } = one;
  const next = sample.list.find(
    (other) => other !== one && other.review === null && !other.isOwn && other.conversation !== null,
  );
  const finish = () => {
    notify(t('quality.finished'));
    void client.invalidateQueries({ queryKey: qualityKeys.all });
    const search = { sample: sample.id, ticket: next?.ticket.id };
    void navigate({ to: '/quality/$part', params: { part: 'samples' }, search });
  };
  return (
    <aside className="quality-side" aria-label={t('quality.review')}>
      <header>
        <h2>
          {t('quality.workOf', { who: agent.name })}{' '}
          <span className="quality-number">{ticketSign(ticket, format)}</span>
        </h2>
        <Link to="/quality/$part" params={{ part: 'samples' }} search={{ sample: sample.id }}>
          {t('quality.backToSample')}
        </Link>
      </header>
      {review && <FinishedReview id={review.id} />}
      {!review && isOwn && <Empty>{t('quality.own')}</Empty>}
      {!review && !isOwn && (
        <ReviewForm sample={sample.id} ticket={ticket.id} scorecard={sample.scorecard} onFinished={finish} />
      )}
    </aside>
  );
}
