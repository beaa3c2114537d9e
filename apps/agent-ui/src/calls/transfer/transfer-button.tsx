import type { ButtonProps } from '@mantine/core';
import { lazy } from 'react';
import { useI18n } from '../../i18n/use-i18n.js';
import { IconCallTransfer } from '../../ui/icons.js';
import { FormButton } from '../form-button.js';

const TransferForm = lazy(async () => ({ default: (await import('./transfer-form.js')).TransferForm }));

interface Props extends Pick<ButtonProps, 'variant'> {
  /** The call's id, or its message's. */
  call: string;
}

/** Hands the caller to somebody else, who is chosen first. */
export function TransferButton({ call, variant }: Props) {
  const { t } = useI18n();
  return (
    <FormButton
      variant={variant}
      leftSection={<IconCallTransfer size={15} aria-hidden />}
      label={() => t('transfer.open')}
      form={(close) => <TransferForm call={call} onClose={close} />}
    />
  );
}
