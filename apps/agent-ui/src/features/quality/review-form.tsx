import { Button, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import type { QuestionView, ScorecardView } from '#contract';
import { quality } from '../../api/quality.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { wordsOf } from '../../ui/field-words.js';
import { useProblemText } from '../../ui/problem-text.js';
import { begunReview, keepReview, type BegunReview } from './kept-review.js';

interface Props {
  sample: string;
  ticket: string;
  scorecard: ScorecardView;
  onFinished: () => void;
}

/** The questions of the scorecard, and a word for the agent. */
export function ReviewForm({ sample, ticket, scorecard, onFinished }: Props) {
  const { t } = useI18n();
  const problemText = useProblemText();
  const place = `${sample}.${ticket}`;
  const [begun, setBegun] = useState(() => begunReview(place));
  const put = (next: BegunReview) => {
    setBegun(next);
    keepReview(place, next);
  };
  const { questions } = scorecard;
  const open = questions.filter(({ id }) => begun.scores[id] === undefined).length;
  const finish = useMutation({
    mutationFn: () =>
      quality.give(sample, {
        ticketId: ticket,
        scores: questions.map(({ id }) => ({ questionId: id, score: begun.scores[id] ?? null })),
        comment: begun.comment,
      }),
    onSuccess: () => {
      keepReview(place, null);
      onFinished();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    finish.mutate();
  };
  return (
    <form className="quality-form" onSubmit={submit}>
      {questions.map((question) => (
        <Question
          key={question.id}
          question={question}
          score={begun.scores[question.id]}
          onScore={(score) => put({ ...begun, scores: { ...begun.scores, [question.id]: score } })}
        />
      ))}
      <Textarea
        label={t('quality.comment')}
        description={t('quality.commentHint')}
        autosize
        minRows={3}
        maxRows={10}
        maxLength={4000}
        dir="auto"
        value={begun.comment}
        onChange={(event) => put({ ...begun, comment: event.currentTarget.value })}
      />
      {finish.isError && (
        <p className="quality-wrong" role="alert">
          {problemText(finish.error)}
        </p>
      )}
      <div className="quality-finish">
        <Button type="submit" loading={finish.isPending} disabled={open > 0}>
          {t('quality.finish')}
        </Button>
        <p className="quality-hint">{open > 0 ? t('quality.unanswered', { count: open }) : t('quality.finishHint')}</p>
      </div>
    </form>
  );
}

interface QuestionProps {
  question: QuestionView;
  /** Undefined: not answered; null: does not apply. */
  score: number | null | undefined;
  onScore: (score: number | null) => void;
}

const five = [1, 2, 3, 4, 5] as const;
const yesNo = [1, 0, null] as const;

function Question({ question, score, onScore }: QuestionProps) {
  const { t, locale, format } = useI18n();
  const { id, kind, name, critical } = question;
  const labelOf = (choice: number | null): string => {
    if (kind === 'one_to_five') {
      return format.digits(choice ?? 0);
    }
    return choice === null ? t('quality.none') : t(choice === 1 ? 'quality.yes' : 'quality.no');
  };
  return (
    <fieldset className="quality-question">
      <legend>
        <bdi>{wordsOf(name, locale)}</bdi>
        {critical && <small>{t('quality.critical')}</small>}
        {kind === 'one_to_five' && <span className="unseen">{t('quality.five')}</span>}
      </legend>
      <div className="quality-choice">
        {(kind === 'one_to_five' ? five : yesNo).map((choice) => (
          <label key={String(choice)}>
            <input type="radio" name={id} required checked={score === choice} onChange={() => onScore(choice)} />
            <span>{labelOf(choice)}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
