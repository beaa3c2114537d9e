import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { StartStep } from '#contract';
import { useI18n } from '../../i18n/use-i18n.js';

interface Props {
  step: StartStep;
  /** Whether what the step is for is there: then there is nothing to skip. */
  isDone: boolean;
  onBack: (() => void) | null;
  onSkip: () => void;
  /** What goes on; a form that has to be sent first names itself instead. */
  next: { run: () => void } | { form: string; isPending: boolean } | null;
  children: ReactNode;
}

/** One step: what it is for, what is asked, and the ways on and back. */
export function StepFrame({ step, isDone, onBack, onSkip, next, children }: Props) {
  const { t } = useI18n();
  return (
    <>
      <h2>{t(`start.step_${step}`)}</h2>
      <p className="start-intro">{t(`start.intro_${step}`)}</p>
      {children}
      <footer className="start-ways">
        {onBack && (
          <Button variant="default" onClick={onBack}>
            {t('common.back')}
          </Button>
        )}
        <span className="start-gap" />
        {!isDone && (
          <Button variant="subtle" onClick={onSkip} aria-describedby="start-without">
            {t('start.skip')}
          </Button>
        )}
        {next &&
          ('form' in next ? (
            <Button type="submit" form={next.form} loading={next.isPending}>
              {t('start.next')}
            </Button>
          ) : (
            <Button onClick={next.run}>{t('start.next')}</Button>
          ))}
        {!isDone && (
          <p id="start-without" className="start-without">
            {t(`start.without_${step}`)}
          </p>
        )}
      </footer>
    </>
  );
}
