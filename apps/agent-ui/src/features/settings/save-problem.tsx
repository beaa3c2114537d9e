import { Button } from '@mantine/core';
import { isProblem } from '../../api/problem.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { useProblemText } from '../../ui/problem-text.js';

interface Props {
  error: unknown;
  /** Shows what is there now, without what was typed. */
  onLookAgain: () => void;
}

/** Why a form was not saved. Where somebody else was faster, the reader decides when to give up what they typed. */
export function SaveProblem({ error, onLookAgain }: Props) {
  const { t } = useI18n();
  const problemText = useProblemText();
  const isStale = isProblem(error, 'stale');
  return (
    <div className="settings-problem" role="alert">
      {isStale ? t('team.stale') : problemText(error)}
      {isStale && (
        <Button variant="default" size="xs" mt={8} display="block" onClick={onLookAgain}>
          {t('team.lookAgain')}
        </Button>
      )}
    </div>
  );
}
