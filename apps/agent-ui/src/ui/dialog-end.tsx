import { Button, Group } from '@mantine/core';
import { useI18n } from '../i18n/use-i18n.js';

interface Props {
  /** What the button that does it says. */
  submit: string;
  isBusy?: boolean;
  isDisabled?: boolean;
  /** Whether it takes something away. */
  isGrave?: boolean;
  onCancel: () => void;
}

/** What stands below the form of a dialog. */
export function DialogEnd({ submit, isBusy = false, isDisabled = false, isGrave = false, onCancel }: Props) {
  const { t } = useI18n();
  return (
    <Group justify="end">
      <Button variant="default" onClick={onCancel}>
        {t('common.cancel')}
      </Button>
      <Button type="submit" loading={isBusy} disabled={isDisabled} {...(isGrave && { color: 'red' })}>
        {submit}
      </Button>
    </Group>
  );
}
