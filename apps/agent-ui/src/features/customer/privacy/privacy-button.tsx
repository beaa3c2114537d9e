import { Button } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import type { ConversationView } from '#contract';
import { useMay } from '../../../api/queries.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { useTexts } from '../../../i18n/use-texts.js';
import { IconLock } from '../../../ui/icons.js';

const PrivacyForm = lazy(async () => ({ default: (await import('./privacy-form.js')).PrivacyForm }));

/** For whoever may do anything of it; nobody else learns that it is there. */
export function PrivacyButton({ view }: { view: ConversationView }) {
  const { t } = useI18n();
  const isSpoken = useTexts('privacy');
  const [isOpen, setOpen] = useState(false);
  const may = { erase: useMay('people.erase'), export: useMay('people.export'), manage: useMay('privacy.manage') };
  if (!isSpoken || !Object.values(may).some(Boolean)) {
    return null;
  }
  return (
    <>
      <Button variant="default" size="xs" leftSection={<IconLock size={16} />} onClick={() => setOpen(true)}>
        {t('privacy.open')}
      </Button>
      <Suspense>{isOpen && <PrivacyForm view={view} may={may} onClose={() => setOpen(false)} />}</Suspense>
    </>
  );
}
