import type { ButtonProps } from '@mantine/core';
import { lazy } from 'react';
import type { ConversationView } from '#contract';
import { isolateLtr } from '../../i18n/isolate.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { IconCallOut } from '../../ui/icons.js';
import { FormButton } from '../form-button.js';

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
export function DialButton({ view, identityId, address, reason, label, size, variant }: Props) {
  const { t } = useI18n();
  return (
    <FormButton
      size={size}
      variant={variant}
      leftSection={<IconCallOut size={15} aria-hidden />}
      label={() => label ?? t('dial.call', { address: isolateLtr(address) })}
      form={(close) => <DialForm view={view} identityId={identityId} reason={reason} onClose={close} />}
    />
  );
}
