import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { isProblem } from '../api/problem.js';
import { useI18n } from '../i18n/use-i18n.js';
import { Ltr } from './ltr.js';
import { useProblemText } from './problem-text.js';
import './states.css';

/** Nothing to show: a sentence, and what can be done about it. */
export function Empty({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return (
    <div className="state">
      <p>{children}</p>
      {action}
    </div>
  );
}

/** Something could not be shown: what, why, and another try. */
export function Failed({ what, error, retry }: { what?: string; error: unknown; retry: () => void }) {
  const { t } = useI18n();
  const problemText = useProblemText();
  const requestId = isProblem(error) ? error.problem.requestId : '';
  return (
    <div className="state" role="alert">
      {what && <p className="state-what">{what}</p>}
      <p>{problemText(error)}</p>
      <Button variant="light" onClick={retry}>
        {t('common.retry')}
      </Button>
      {requestId && <Ltr className="state-id">{requestId}</Ltr>}
    </div>
  );
}
