import { Button } from '@mantine/core';
import { Suspense, useState } from 'react';
import { useI18n } from '../../i18n/use-i18n.js';
import { useCommand } from '../commands.js';
import { IconWhy } from '../icons.js';
import type { ExplainedTicket } from './explain-dialog.js';
import { ExplainDialog } from './late-explain-dialog.js';

interface WhyProps {
  ticket: ExplainedTicket;
  /** Whether the key for it means this ticket: the one that is open, and not one of many in a list. */
  hasKey?: boolean;
}

/** Asks why a ticket is where it is. */
export function Why({ ticket, hasKey = false }: WhyProps) {
  const { t } = useI18n();
  const [isAsked, setAsked] = useState(false);
  useCommand('why', hasKey ? () => setAsked(true) : null);
  return (
    <>
      <Button
        variant="subtle"
        size="compact-sm"
        leftSection={<IconWhy size={16} aria-hidden />}
        onClick={() => setAsked(true)}
      >
        {t('ticket.why')}
      </Button>
      <Suspense>{isAsked && <ExplainDialog ticket={ticket} onClose={() => setAsked(false)} />}</Suspense>
    </>
  );
}
