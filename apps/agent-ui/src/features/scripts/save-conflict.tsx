import { Button, Group } from '@mantine/core';
import { useI18n } from '../../i18n/use-i18n.js';
import { useProblemText } from '../../ui/problem-text.js';
import type { Draft } from './use-draft.js';

/** Why the draft was not saved. Where somebody else was faster, the reader decides whose stays. */
export function SaveConflict({ draft }: { draft: Draft }) {
  const { t } = useI18n();
  const problemText = useProblemText();
  if (!draft.error) {
    return null;
  }
  return (
    <div className="settings-problem script-conflict" role="alert">
      {draft.isStale ? t('script.stale') : problemText(draft.error)}
      {draft.isStale && (
        <Group gap="xs">
          <Button variant="default" size="xs" onClick={draft.takeTheirs}>
            {t('script.takeTheirs')}
          </Button>
          <Button variant="default" size="xs" onClick={draft.keepMine}>
            {t('script.keepMine')}
          </Button>
        </Group>
      )}
    </div>
  );
}
