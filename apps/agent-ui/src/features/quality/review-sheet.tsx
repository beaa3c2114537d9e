import type { QuestionView, ReviewView } from '#contract';
import { useI18n } from '../../i18n/use-i18n.js';
import { wordsOf } from '../../ui/field-words.js';
import { ResultMark } from './result-mark.js';

/** What somebody made of a ticket, and what its agent said to it. */
export function ReviewSheet({ review }: { review: ReviewView }) {
  const { t, format, locale } = useI18n();
  const scores = new Map(review.scores.map(({ questionId, score }) => [questionId, score]));
  return (
    <div className="quality-sheet">
      <p className="quality-sheet-head">
        <ResultMark {...review} />
        <small>{t('quality.by', { who: review.reviewer.name, time: format.dateTime(review.givenAt) })}</small>
      </p>
      <dl>
        {review.scorecard.questions.map((question) => (
          <div key={question.id}>
            <dt>
              <bdi>{wordsOf(question.name, locale)}</bdi>
            </dt>
            <dd>
              <Score question={question} score={scores.get(question.id) ?? null} />
            </dd>
          </div>
        ))}
      </dl>
      {review.comment !== '' && (
        <p className="quality-said" dir="auto">
          {review.comment}
        </p>
      )}
      {review.answer && (
        <div className="quality-answer">
          <small>{t('quality.answerOf', { who: review.agent.name })}</small>
          <p className="quality-said" dir="auto">
            {review.answer.text}
          </p>
        </div>
      )}
      {review.reopened && (
        <p className="quality-hint">
          {t('quality.reopened', { who: review.reopened.by.name, reason: review.reopened.reason })}
        </p>
      )}
    </div>
  );
}

function Score({ question, score }: { question: QuestionView; score: number | null }) {
  const { t } = useI18n();
  if (question.kind === 'one_to_five') {
    return <>{score === null ? '–' : t('quality.ofFive', { score })}</>;
  }
  return <>{score === null ? t('quality.none') : t(score === 1 ? 'quality.yes' : 'quality.no')}</>;
}
