import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ConversationView, MessageView } from '#contract';
import { useTexts } from '../../i18n/use-texts.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { LogCallForm } from './log-call-form.js';

/** Below a call that nobody answered: the call back that an agent made by another telephone. */
export function LogCallBack({ message, view }: { message: MessageView; view: ConversationView }) {
  const { t } = useI18n();
  const isSpoken = useTexts('callSources');
  const [isOpen, setOpen] = useState(false);
  const ticket = view.tickets.find(({ id }) => id === message.ticketId);
  const isLive = ticket !== undefined && ticket.state !== 'solved' && ticket.state !== 'closed';
  const from = view.customer.identities.find(({ id }) => id === message.identityId);
  return (
    isSpoken && (
      <>
        <Button size="compact-xs" variant="subtle" onClick={() => setOpen(true)}>
          {t('logCall.back')}
        </Button>
        {isOpen && (
          <LogCallForm
            view={view}
            ticketId={isLive ? ticket.id : undefined}
            beginning={{ address: from?.kind === 'phone' ? from.address : undefined, direction: 'out' }}
            onClose={() => setOpen(false)}
          />
        )}
      </>
    )
  );
}
