import { ActionIcon } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import type { ConversationView, MessageView } from '#contract';
import { useI18n } from '../../i18n/use-i18n.js';
import { IconDots } from '../../ui/icons.js';
import { useLooksOn } from './looks-on.js';

const MessageActs = lazy(async () => ({ default: (await import('./reading/message-acts.js')).MessageActs }));

/** What can be done with one message. A menu costs more than the message above it, so each is made when it is first opened. */
export function MessageMenu({ message, view }: { message: MessageView; view: ConversationView }) {
  const { t } = useI18n();
  const looksOn = useLooksOn();
  const [isWanted, setWanted] = useState(false);
  if (looksOn) {
    return null;
  }
  const button = (
    <ActionIcon
      className="message-options"
      size="md"
      aria-label={t('message.options')}
      aria-haspopup="menu"
      onClick={() => setWanted(true)}
    >
      <IconDots size={16} />
    </ActionIcon>
  );
  return isWanted ? (
    <Suspense fallback={button}>
      <MessageActs message={message} view={view} />
    </Suspense>
  ) : (
    button
  );
}
