import type { ExplainedPromise } from '#contract';
import { useNow } from '../use-now.js';
import { useExplainWords, type ExplainWords } from './use-explain-words.js';

/** What is owed and by when, who promised it, and how its time is counted. */
export function DeadlineAnswer({ promises }: { promises: readonly ExplainedPromise[] }) {
  const words = useExplainWords();
  if (promises.length === 0) {
    return <p>{words.t('explain.deadline.none')}</p>;
  }
  return promises.map((promise) => <Promised key={`${promise.metric} ${promise.startedAt}`} promise={promise} />);
}

function Promised({ promise }: { promise: ExplainedPromise }) {
  const words = useExplainWords();
  const now = useNow();
  const lines = [...sayTerms(promise, words), sayChosen(promise, words)];
  return (
    <div className="explain-promise" data-late={promise.breachedAt !== null || undefined}>
      <p className="explain-due">{sayStanding(promise, now, words)}</p>
      <ul className="explain-parts">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </div>
  );
}

function sayStanding(promise: ExplainedPromise, now: number, words: ExplainWords): string {
  const { t, format, span } = words;
  const { metric, state, dueAt, endedAt, breachedAt, targetMs, consumedMs } = promise;
  const what = t(`explain.deadline.metric.${metric}`);
  switch (state) {
    case 'cancelled':
      return t('explain.deadline.cancelled', { what });
    case 'met':
      return t(breachedAt === null ? 'explain.deadline.met' : 'explain.deadline.metLate', {
        what,
        when: endedAt === null ? '' : format.dateTime(endedAt),
      });
    case 'paused':
      return t('explain.deadline.paused', { what, time: span(targetMs - consumedMs) });
    case 'running':
      if (dueAt === null) {
        return t('explain.deadline.never', { what });
      }
      return t(Date.parse(dueAt) < now ? 'explain.deadline.late' : 'explain.deadline.due', {
        what,
        when: format.dateTime(dueAt),
      });
  }
}

function sayTerms(promise: ExplainedPromise, { t, format, span, either }: ExplainWords): string[] {
  const { policyName, version, publishedAt, targetMs, startedAt, calendar, pausedIn } = promise;
  return [
    t('explain.deadline.target', { policy: policyName, time: span(targetMs) }),
    t('explain.deadline.version', {
      version: format.number(version),
      when: publishedAt === null ? '' : format.dateTime(publishedAt),
    }),
    t('explain.deadline.started', { when: format.dateTime(startedAt) }),
    calendar === null
      ? t('explain.deadline.always')
      : t('explain.deadline.calendar', { calendar: calendar.name, zone: calendar.timeZone }),
    ...(pausedIn.length > 0
      ? [t('explain.deadline.pausedIn', { states: either(pausedIn.map((state) => t(`ticket.state.${state}`))) })]
      : []),
  ];
}

function sayChosen({ chosenBy }: ExplainedPromise, { t, list }: ExplainWords): string {
  return chosenBy.length === 0
    ? t('explain.deadline.everything')
    : t('explain.deadline.chosen', { what: list(chosenBy.map((name) => t(`explain.deadline.by.${name}`))) });
}
