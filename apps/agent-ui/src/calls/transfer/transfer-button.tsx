import { Button, type ButtonProps } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useI18n } from '../../i18n/use-i18n.js';
import { useTexts } from '../../i18n/use-texts.js';
import { IconCallTransfer } from '../../ui/icons.js';

const TransferForm = lazy(async () => ({ default: (await import('./transfer-form.js')).TransferForm }));

interface Props extends Pick<ButtonProps, 'variant'> {
  /** The call's id, or its message's. */
  call: string;
}

/** Hands the caller to somebody else, who is chosen first. */
export function TransferButton({ call, variant = 'light' }: Props) {
  const isSpoken = useTexts('phone');
  const { t } = useI18n();
  const [isOpen, setOpen] = useState(false);
  return (
    isSpoken && (
      <>
        <Button
          size="compact-sm"
          variant={variant}
          leftSection={<IconCallTransfer size={15} aria-hidden />}
          onClick={() => setOpen(true)}
        >
          {t('transfer.open')}
        </Button>
        {isOpen && (
          <Suspense>
            <TransferForm call={call} onClose={() => setOpen(false)} />
          </Suspense>
        )}
      </>
    )
  );
}
