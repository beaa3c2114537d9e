import { Button } from '@mantine/core';
import { useI18n } from '../../../i18n/use-i18n.js';
import { FormEnd } from '../../../ui/form-end.js';

interface Props {
  error: Error | null;
  isSaving: boolean;
  isRemoving: boolean;
  /** Null for one that is being added. */
  onRemove: (() => void) | null;
  onCancel: () => void;
}

/** What stands below each form of something that is kept: it can be removed as well. */
export function KeptEnd({ isRemoving, onRemove, ...end }: Props) {
  const { t } = useI18n();
  return (
    <FormEnd {...end}>
      {onRemove && (
        <Button variant="light" color="red" loading={isRemoving} onClick={onRemove}>
          {t('kept.remove')}
        </Button>
      )}
    </FormEnd>
  );
}
