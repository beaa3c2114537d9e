import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useI18n } from '../../i18n/use-i18n.js';
import { useLive } from '../../live/live-context.js';
import { notify, unnotify } from '../../ui/notify.js';
import { play } from '../../ui/sound.js';
import { ticketNumber } from '../../ui/ticket-number.js';

/** Tells those who oversee of a ticket that has waited so long that its queue wants them to know. */
export function useWaitingAlarm(): void {
  const { client } = useLive();
  const { t, format } = useI18n();
  const navigate = useNavigate();
  useEffect(
    () =>
      client.hear('ticket.waiting', ({ ticketId, number, prefix, conversation }) => {
        const key = `waiting ${ticketId}`;
        const open = () => {
          unnotify(key);
          const params = { view: 'unassigned', conversation };
          void navigate({ to: '/inbox/$view/$conversation', params, search: { ticket: ticketId } });
        };
        play('work');
        notify(
          <span className="offers-alarm">
            {t('offer.waitsLong', { number: ticketNumber({ prefix, number }, format) })}
            <Button size="compact-sm" variant="light" onClick={open}>
              {t('alert.open')}
            </Button>
          </span>,
          'undo',
          key,
        );
      }),
    [client, t, format, navigate],
  );
}
