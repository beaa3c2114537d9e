import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useI18n } from '../../i18n/use-i18n.js';
import { CheckList, useHubChecks } from './check-list.js';
import type { StepWays } from './start-page.js';

/** Where the steps lead: what is there, what is not yet, and the way to the work. */
export function DoneStep({ hub, onBack }: StepWays) {
  const { t } = useI18n();
  const navigate = useNavigate();
  return (
    <>
      <h2>{t('start.step_done')}</h2>
      <p className="start-intro">{t('start.intro_done')}</p>
      <CheckList checks={useHubChecks(hub)} />
      <footer className="start-ways">
        {onBack && (
          <Button variant="default" onClick={onBack}>
            {t('common.back')}
          </Button>
        )}
        <span className="start-gap" />
        <Button onClick={() => void navigate({ to: '/' })}>{t('start.toInbox')}</Button>
      </footer>
    </>
  );
}
