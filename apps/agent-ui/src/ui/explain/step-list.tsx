import { Fragment } from 'react';
import type { ExplainStep } from '#contract';
import { tidySteps } from './choose-answers.js';
import { sayStep, useExplainWords } from './use-explain-words.js';

/** Everything that was decided, the latest first, by days. */
export function StepList({ steps }: { steps: readonly ExplainStep[] }) {
  const words = useExplainWords();
  const told = tidySteps(steps).toReversed();
  const days = [...Map.groupBy(told, ({ at }) => words.format.day(at))];
  return days.map(([day, ofDay]) => (
    <Fragment key={day}>
      <h4 className="explain-day">{day}</h4>
      <ol className="explain-steps">
        {ofDay.map((step, index) => (
          <Step key={`${step.at} ${ofDay.length - index}`} step={step} />
        ))}
      </ol>
    </Fragment>
  ));
}

function Step({ step }: { step: ExplainStep }) {
  const words = useExplainWords();
  const isRanked = step.kind === 'queued' || step.kind === 'reranked';
  return (
    <li>
      <time dateTime={step.at}>{words.clock(step.at)}</time>
      <span>
        {sayStep(step, words)}
        {isRanked && step.boostMs > 0 && <> {words.t('explain.step.rank', { time: words.span(step.boostMs) })}</>}
      </span>
    </li>
  );
}
