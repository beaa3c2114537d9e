import { ActionIcon } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import type { ConversationView } from '#contract';
import { useTexts } from '../../i18n/use-texts.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { isolateLtr } from '../../i18n/isolate.js';
import { IconCallOut } from '../../ui/icons.js';

const DialForm = lazy(async () => ({ default: (await import('./dial-form.js')).DialForm }));

interface Props {
  view: ConversationView;
  identityId: string;
  address: string;
}

/** Calls a number that stands right beside it. */
export function DialIcon({ view, identityId, address }: Props) {
  const isSpoken = useTexts('phone');
  const { t } = useI18n();
  const [isOpen, setOpen] = useState(false);
  if (!isSpoken) {
    return null;
  }
  const label = t('dial.call', { address: isolateLtr(address) });
  return (
    <>
      <ActionIcon size={28} aria-label={label} title={label} onClick={() => setOpen(true)}>
        <IconCallOut size={16} />
      </ActionIcon>
      {isOpen && (
        <Suspense>
          <DialForm view={view} identityId={identityId} reason="" onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
