import { Button, type ButtonProps } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import type { ConversationView } from '#contract';
import { isolateLtr } from '../../i18n/isolate.js';
import { useTexts } from '../../i18n/use-texts.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { IconCallOut } from '../../ui/icons.js';

const DialForm = lazy(async () => ({ default: (await import('./dial-form.js')).DialForm }));

interface Props extends Pick<ButtonProps, 'size' | 'variant'> {
  view: ConversationView;
  identityId: string;
  address: string;
  /** Why one would call; it can be changed before. */
  reason: string;
  /** What it says; the number where nothing is given. */
  label?: string;
}

/** Calls a number of a customer, after a question. */
export function DialButton({
  view,
  identityId,
  address,
  reason,
  label,
  size = 'compact-sm',
  variant = 'light',
}: Props) {
  const isSpoken = useTexts('phone');
  const { t } = useI18n();
  const [isOpen, setOpen] = useState(false);
  return (
    isSpoken && (
      <>
        <Button
          size={size}
          variant={variant}
          leftSection={<IconCallOut size={15} aria-hidden />}
          onClick={() => setOpen(true)}
        >
          {label ?? t('dial.call', { address: isolateLtr(address) })}
        </Button>
        {isOpen && (
          <Suspense>
            <DialForm view={view} identityId={identityId} reason={reason} onClose={() => setOpen(false)} />
          </Suspense>
        )}
      </>
    )
  );
}
