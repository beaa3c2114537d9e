import { Button, Group, NativeSelect } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ConversationView, TicketSurveyView, TicketView } from '#contract';
import { keys } from '../../../api/keys.js';
import { surveys } from '../../../api/surveys.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { useTexts } from '../../../i18n/use-texts.js';
import { notify } from '../../../ui/notify.js';
import { useAction } from '../../../ui/use-action.js';
import { ticketNumber } from '../../../ui/ticket-number.js';
import { lastSurveyNews, mayHaveSurveys } from './survey-news.js';
import './ticket-survey.css';

const best = { csat: 5, nps: 10, ces: 7 } as const;
const isOver = (state: TicketView['state']) => state === 'solved' || state === 'closed';

interface Props {
  ticket: TicketView;
  /** The conversation that names the person. */
  person: string;
}

/** What the customer thought of it: score and comment, or what became of the question. */
export function TicketSurvey({ ticket, person }: Props) {
  const isSpoken = useTexts('surveys');
  const { t } = useI18n();
  const view = useShownConversation(person);
  const news = lastSurveyNews(view, ticket.id);
  const list = useQuery({
    queryKey: keys.ticketSurveys(ticket.id, `${news} ${ticket.state}`),
    queryFn: ({ signal }) => surveys.ofTicket(ticket.id, signal),
    enabled: mayHaveSurveys(ticket, view, news),
    placeholderData: (before) => before,
  }).data;
  if (!isSpoken || !list) {
    return null;
  }
  const isOpenToAsk = isOver(ticket.state) && !list.some(({ state }) => state !== 'skipped' && state !== 'cancelled');
  if (list.length === 0 && !isOpenToAsk) {
    return null;
  }
  return (
    <section className="ticket-survey" aria-label={t('survey.card')}>
      {list.map((survey) => (
        <OneSurvey key={survey.id} survey={survey} ticket={ticket} />
      ))}
      {isOpenToAsk && <AskNow ticket={ticket} />}
    </section>
  );
}

/** As it is in the cache, and again whenever it moves; asked for by whoever shows it. */
function useShownConversation(person: string): ConversationView | undefined {
  return useQuery<ConversationView>({ queryKey: keys.conversation(person), enabled: false }).data;
}

function OneSurvey({ survey, ticket }: { survey: TicketSurveyView; ticket: TicketView }) {
  const { t, format } = useI18n();
  const { kind, score, isLow, comment, followUp } = survey;
  return (
    <div>
      <p>
        <span className="chip">{t(`survey.short.${kind}`)}</span>{' '}
        {score !== null && (
          <strong className="chip" data-tone={isLow ? 'bad' : undefined}>
            {t('survey.score', { score: format.digits(score), most: format.digits(best[kind]) })}
            {isLow && <span> · {t('survey.isLow')}</span>}
          </strong>
        )}{' '}
        <small>
          <StateOf survey={survey} />
        </small>
      </p>
      {comment !== '' && <blockquote dir="auto">{comment}</blockquote>}
      {survey.ticket.id !== ticket.id && (
        <small>{t('survey.follows', { number: ticketNumber(survey.ticket, format) })}</small>
      )}
      {followUp && followUp.id !== ticket.id && (
        <small>{t('survey.followedBy', { number: ticketNumber(followUp, format) })}</small>
      )}
    </div>
  );
}

function StateOf({ survey: { state, why, dueAt, askedAt, answeredAt } }: { survey: TicketSurveyView }) {
  const { t, format } = useI18n();
  const at = (instant: string | null) => ({ when: instant === null ? '' : format.dateTime(instant) });
  switch (state) {
    case 'due':
      return t('survey.state.due', at(dueAt));
    case 'asked':
      return t('survey.state.asked', at(askedAt));
    case 'expired':
      return t('survey.state.expired', at(askedAt));
    case 'answered':
      return t('survey.state.answered', at(answeredAt));
    case 'cancelled':
      return t('survey.state.cancelled');
    case 'skipped':
      return t('survey.state.skipped', { why: why === '' || why === 'reopened' ? '' : t(`survey.why.${why}`) });
  }
}

/** Asking by hand, where nothing was asked by itself. */
function AskNow({ ticket }: { ticket: TicketView }) {
  const { t } = useI18n();
  const cache = useQueryClient();
  const list = useQuery({ queryKey: keys.surveys, queryFn: ({ signal }) => surveys.list(signal) }).data ?? [];
  const enabled = list.filter((survey) => survey.enabled);
  const [chosen, setChosen] = useState('');
  const ask = useAction(
    (surveyId: string) => surveys.ask(ticket.id, surveyId),
    () => {
      notify(t('survey.askedNow'), 'good');
      void cache.invalidateQueries({ queryKey: ['ticket-surveys', ticket.id] });
    },
  );
  const [first] = enabled;
  if (!first) {
    return null;
  }
  return (
    <Group gap="xs">
      {enabled.length > 1 && (
        <NativeSelect
          size="xs"
          aria-label={t('survey.askWhich')}
          data={enabled.map(({ id, name }) => ({ value: id, label: name }))}
          value={chosen || first.id}
          onChange={(event) => setChosen(event.currentTarget.value)}
        />
      )}
      <Button
        size="compact-sm"
        variant="default"
        loading={ask.isPending}
        onClick={() => ask.mutate(chosen || first.id)}
      >
        {t('survey.askNow')}
      </Button>
    </Group>
  );
}
