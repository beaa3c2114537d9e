import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { SurveyAnswerView } from '#contract';
import { keys } from '../../../api/keys.js';
import { surveys, type AnswersFilter } from '../../../api/surveys.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { Empty, Failed } from '../../../ui/states.js';
import { useCustomerName } from '../../../ui/use-customer-name.js';
import { ticketNumber } from '../../../ui/ticket-number.js';

const best = { csat: 5, nps: 10, ces: 7 } as const;

/** What customers said, the latest first. */
export function SurveyAnswers({ kind, which }: AnswersFilter) {
  const { t } = useI18n();
  const filter = { kind, which };
  const pages = useInfiniteQuery({
    queryKey: keys.surveyAnswers(filter),
    queryFn: ({ pageParam, signal }) => surveys.answers(filter, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });
  if (pages.isError) {
    return <Failed error={pages.error} retry={() => void pages.refetch()} />;
  }
  const answers = pages.data?.pages.flatMap(({ rows }) => rows) ?? [];
  if (pages.data && answers.length === 0) {
    return <Empty>{t('survey.noAnswers')}</Empty>;
  }
  return (
    <>
      <ul className="surveys-answers">
        {answers.map((answer) => (
          <Answer key={answer.id} answer={answer} />
        ))}
      </ul>
      {pages.hasNextPage && (
        <Button variant="default" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          {t('survey.more')}
        </Button>
      )}
    </>
  );
}

function Answer({ answer }: { answer: SurveyAnswerView }) {
  const { t, format } = useI18n();
  const nameOf = useCustomerName();
  const { kind, score, isLow, comment, ticket, conversation, customerName, agentName, answeredAt } = answer;
  return (
    <li>
      <p>
        <strong className="chip" data-tone={isLow ? 'bad' : undefined}>
          {t('survey.score', { score: format.digits(score), most: format.digits(best[kind]) })}
        </strong>{' '}
        <Link to="/inbox/$view/$conversation" params={{ view: 'all', conversation }} search={{ ticket: ticket.id }}>
          <bdi>{nameOf({ name: customerName })}</bdi>
        </Link>{' '}
        <small>
          {t('survey.ofTicket', { number: ticketNumber(ticket, format) })}
          {agentName !== '' && (
            <>
              {' · '}
              <bdi>{agentName}</bdi>
            </>
          )}
          {' · '}
          {format.dateTime(answeredAt)}
        </small>
      </p>
      {comment !== '' && <p dir="auto">{comment}</p>}
    </li>
  );
}
