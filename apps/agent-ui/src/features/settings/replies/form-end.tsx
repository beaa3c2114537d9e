import { Button, Group } from '@mantine/core';
import { useI18n } from '../../../i18n/use-i18n.js';
import { useProblemText } from '../../../ui/problem-text.js';

interface Props {
  error: Error | null;
  isSaving: boolean;
  isRemoving: boolean;
  /** Null for one that is being added. */
  onRemove: (() => void) | null;
  onCancel: () => void;
}

/** What stands below each form: what went wrong, and the ways out. */
export function FormEnd({ error, isSaving, isRemoving, onRemove, onCancel }: Props) {
  const { t } = useI18n();
  const problemText = useProblemText();
  return (
    <>
      {error && (
        <p className="settings-problem" role="alert">
          {problemText(error)}
        </p>
      )}
      <Group>
        <Button type="submit" loading={isSaving}>
          {t('common.save')}
        </Button>
        <Button variant="default" onClick={onCancel}>
          {t('common.cancel')}
        </Button>
        {onRemove && (
          <Button variant="light" color="red" loading={isRemoving} onClick={onRemove}>
            {t('kept.remove')}
          </Button>
        )}
      </Group>
    </>
  );
}
