import { Skeleton } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, Navigate } from '@tanstack/react-router';
import { useEffect, type ReactNode } from 'react';
import type { HubStartView, MeView } from '#contract';
import { hub as calls } from '../../api/hub.js';
import { keys } from '../../api/keys.js';
import { useMe } from '../../api/queries.js';
import { start, startQuery } from '../../api/start.js';
import { locales, type Locale } from '../../i18n/i18n.js';
import { useChangeLocale } from '../../i18n/use-locale.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { useTexts } from '../../i18n/use-texts.js';
import { IconDone, IconSkipped } from '../../ui/icons.js';
import { Failed } from '../../ui/states.js';
import { useAction } from '../../ui/use-action.js';
import './start.css';
import { standingOf, startSteps, stepAfter, stepBefore, type StepName } from './start-steps.js';

/** What each step shows, and the ways from it. */
export interface StepWays {
  hub: HubStartView;
  onNext: () => void;
  onSkip: () => void;
  onBack: (() => void) | null;
}

interface Props {
  /** null: where it was left. */
  step: StepName | null;
  onStep: (step: StepName) => void;
  steps: Record<StepName, (ways: StepWays) => ReactNode>;
}

/** From the first account to a hub that takes messages, a step at a time. Where it was left is kept on the hub. */
export function StartPage({ step: wanted, onStep, steps }: Props) {
  const { t } = useI18n();
  const isSpoken = useTexts('start');
  const queries = useQueryClient();
  const view = useQuery(startQuery);
  useOwnLocale();
  const keep = useAction(start.keepPlace, (kept) => queries.setQueryData(keys.start, kept));
  useEffect(() => {
    if (isSpoken) {
      document.title = `${t('start.title')} · Peyk`;
    }
  }, [t, isSpoken]);
  if (view.isError) {
    return <Failed error={view.error} retry={() => void view.refetch()} />;
  }
  if (!view.data || !isSpoken) {
    return <Skeleton height="100%" />;
  }
  const { hub } = view.data;
  if (hub === null) {
    return <Navigate to="/" replace />;
  }
  if (wanted === null) {
    return <Navigate to="/start/$step" params={{ step: hub.at ?? 'company' }} replace />;
  }
  const step = wanted;
  const go = (to: StepName, skip?: Exclude<StepName, 'done'>) => {
    keep.mutate({ at: to, ...(skip && { skip }) });
    onStep(to);
  };
  const before = stepBefore(step);
  return (
    <div className="start">
      <Head />
      <main className="start-body" id="content" tabIndex={-1}>
        <StepList step={step} hub={hub} />
        <section className="start-card" aria-label={t(`start.step_${step}`)} key={step}>
          {steps[step]({
            hub,
            onNext: () => go(stepAfter(step)),
            onSkip: () => step !== 'done' && go(stepAfter(step), step),
            onBack: before && (() => onStep(before)),
          })}
        </section>
      </main>
    </div>
  );
}

function Head() {
  const { t } = useI18n();
  return (
    <header className="start-head">
      <img src="/peyk.svg" alt="" width={34} height={34} />
      <h1>{t('start.title')}</h1>
      <Languages />
      <Link to="/" className="start-leave" title={t('start.leaveHint')}>
        {t('start.leave')}
      </Link>
    </header>
  );
}

/** The language of the page is that of the account: whoever comes back finds it. */
function Languages() {
  const { t, locale } = useI18n();
  const queries = useQueryClient();
  const change = useAction(
    (wanted: Locale) => {
      queries.setQueryData<MeView>(keys.me, (me) => me && { ...me, locale: wanted });
      return calls.changeMe({ locale: wanted });
    },
    (me) => queries.setQueryData(keys.me, me),
  );
  return (
    <fieldset className="start-languages">
      <legend className="unseen">{t('start.languageLabel')}</legend>
      {locales.map((one) => (
        <button key={one} type="button" lang={one} aria-pressed={one === locale} onClick={() => change.mutate(one)}>
          {t(`language.${one}`)}
        </button>
      ))}
    </fieldset>
  );
}

function useOwnLocale(): void {
  const { locale } = useMe();
  const changeLocale = useChangeLocale();
  useEffect(() => void changeLocale(locale), [locale, changeLocale]);
}

function StepList({ step, hub }: { step: StepName; hub: HubStartView }) {
  const { t } = useI18n();
  const number = startSteps.indexOf(step) + 1;
  return (
    <nav className="start-steps" aria-label={t('start.steps')}>
      <p>{t('start.progress', { step: number, count: startSteps.length })}</p>
      <ol>
        {startSteps.map((one, index) => (
          <li key={one}>
            <Link to="/start/$step" params={{ step: one }} aria-current={one === step ? 'step' : undefined}>
              <StepMark step={one} number={index + 1} hub={hub} />
              <span className="start-step-name">{t(`start.step_${one}`)}</span>
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  );
}

function StepMark({ step, number, hub }: { step: StepName; number: number; hub: HubStartView }) {
  const { t, format } = useI18n();
  const standing = step === 'done' ? 'open' : standingOf(step, hub);
  if (standing === 'open') {
    return (
      <span className="start-mark" aria-hidden>
        {format.number(number)}
      </span>
    );
  }
  const Icon = standing === 'done' ? IconDone : IconSkipped;
  return (
    <span className="start-mark" data-standing={standing}>
      <Icon size={22} aria-hidden />
      <span className="unseen">{t(`start.${standing}`)}</span>
    </span>
  );
}
