import { Button } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { v7 as uuid } from 'uuid';
import type { Icon } from '@tabler/icons-react';
import type { Delivery, MessageView } from '#contract';
import { hub } from '../../api/hub.js';
import { sayForHub } from '../../i18n/hub-words.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { useLive } from '../../live/live-context.js';
import { IconAlert, IconCheck, IconChecks, IconClock, IconRefresh } from '../../ui/icons.js';
import { late } from '../../ui/late.js';
import { useAction } from '../../ui/use-action.js';
import { useLooksOn } from './looks-on.js';
import { refusalIn } from './mail/mail-refusal.js';
import './delivery-state.css';

/** How it was tried is read by those who ask, and what else can be done by those for whom it failed. */
const Attempts = lazy(async () => ({ default: (await import('./held/attempts.js')).Attempts }));
const SendAnew = late(async () => ({ default: (await import('./held/send-anew.js')).SendAnew }));

const marks: Record<Delivery, Icon> = {
  queued: IconClock,
  sent: IconCheck,
  delivered: IconChecks,
  read: IconChecks,
  unconfirmed: IconAlert,
  parked: IconClock,
  failed: IconAlert,
};

/** What the words of a server mean where the state alone does not say so. */
const leads: Partial<Record<Delivery, 'waitsAgain' | 'reported'>> = {
  queued: 'waitsAgain',
  sent: 'reported',
  delivered: 'reported',
  read: 'reported',
};

/** How far a message of ours has come. Where that is in doubt, only a person may send it again. */
export function DeliveryState({ message, person }: { message: MessageView; person: string }) {
  const { t } = useI18n();
  const looksOn = useLooksOn();
  const [isOpen, setOpen] = useState(false);
  const { delivery, deliveryError } = message;
  if (!delivery) {
    return null;
  }
  const Mark = marks[delivery];
  const why = delivery === 'unconfirmed' ? t('delivery.unconfirmedWhy') : deliveryError && sayForHub(deliveryError);
  const mayResend = !looksOn && (delivery === 'unconfirmed' || delivery === 'failed' || delivery === 'parked');
  return (
    <>
      <button
        type="button"
        className="delivery delivery-open"
        data-state={delivery}
        title={why ?? undefined}
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <Mark size={15} aria-hidden /> {t(`delivery.${delivery}`)}
      </button>
      <Trouble delivery={delivery} words={deliveryError} isMail={message.channel?.kind === 'email'} />
      {mayResend && (
        <>
          <Resend message={message} person={person} />
          <SendAnew message={message} person={person} />
        </>
      )}
      <Suspense>{isOpen && <Attempts message={message} onClose={() => setOpen(false)} />}</Suspense>
    </>
  );
}

interface TroubleProps {
  delivery: Delivery;
  words: string | null;
  isMail: boolean;
}

/**
 * What went wrong: what a mail server's answer means, and the words of whoever told. They are shown also where the message waits to be
 * tried again, or counts as sent.
 */
function Trouble({ delivery, words, isMail }: TroubleProps) {
  const { t } = useI18n();
  if (words === null || delivery === 'unconfirmed') {
    return null;
  }
  const lead = leads[delivery];
  const refusal = isMail ? refusalIn(words) : null;
  return (
    <span className="delivery-why" data-state={delivery}>
      {lead && `${t(`delivery.${lead}`)} `}
      {refusal && `${t(`delivery.refusal.${refusal}`)} `}
      <bdi>{sayForHub(words)}</bdi>
    </span>
  );
}

function Resend({ message, person }: { message: MessageView; person: string }) {
  const { t } = useI18n();
  const { cache } = useLive();
  const resend = useAction(
    () => hub.resend(person, message, uuid()),
    (sent) => cache.putMessages(person, [sent]),
  );
  return (
    <Button
      size="compact-xs"
      variant="default"
      leftSection={<IconRefresh size={14} />}
      loading={resend.isPending}
      onClick={() => resend.mutate(undefined)}
    >
      {t('message.resend')}
    </Button>
  );
}
