import { Button, Skeleton, Textarea } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import type { ReviewView } from '#contract';
import { quality, qualityKeys } from '../../api/quality.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { Empty, Failed } from '../../ui/states.js';
import { ticketSign } from '../../ui/ticket-number.js';
import { useAction } from '../../ui/use-action.js';
import { ReviewSheet } from './review-sheet.js';

/** What others made of the reader's own work. */
export function MineScreen() {
  const { t } = useI18n();
  const answer = useQuery({ queryKey: qualityKeys.mine, queryFn: ({ signal }) => quality.mine(signal) });
  if (answer.isPending) {
    return <Skeleton height={240} />;
  }
  if (answer.isError) {
    return <Failed error={answer.error} retry={() => void answer.refetch()} />;
  }
  if (answer.data.length === 0) {
    return <Empty>{t('quality.noMine')}</Empty>;
  }
  return (
    <>
      <p className="quality-hint quality-up">{t('quality.mine')}</p>
      <ul className="quality-mine" aria-label={t('quality.mine')}>
        {answer.data.map((review) => (
          <Own key={review.id} review={review} />
        ))}
      </ul>
    </>
  );
}

function Own({ review }: { review: ReviewView }) {
  const { t, format } = useI18n();
  const { ticket, conversation } = review;
  return (
    <li>
      <div className="quality-head">
        <h2>
          {t('quality.ticket')} {ticketSign(ticket, format)}
        </h2>
        {conversation !== null && (
          <Link to="/inbox/$view/$conversation" params={{ view: 'all', conversation }} search={{ ticket: ticket.id }}>
            {t('quality.openConversation')}
          </Link>
        )}
      </div>
      <ReviewSheet review={review} />
      {!review.answer && <AnswerForm id={review.id} />}
    </li>
  );
}

function AnswerForm({ id }: { id: string }) {
  const { t } = useI18n();
  const client = useQueryClient();
  const [words, setWords] = useState('');
  const send = useAction(
    (answer: string) => quality.answer(id, answer),
    () => void client.invalidateQueries({ queryKey: qualityKeys.all }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send.mutate(words.trim());
  };
  return (
    <form className="quality-form" onSubmit={submit}>
      <Textarea
        label={t('quality.answer')}
        description={t('quality.answerHint')}
        autosize
        minRows={2}
        maxLength={2000}
        dir="auto"
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
      <Button type="submit" variant="light" loading={send.isPending} disabled={words.trim() === ''}>
        {t('quality.send')}
      </Button>
    </form>
  );
}
