import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useI18n } from '../../i18n/use-i18n.js';
import { useLive } from '../../live/live-context.js';
import { notify, unnotify } from '../../ui/notify.js';

/** Tells the reader whose call it is that their exchange rings them for; what Peyk itself rings them for is an offer. */
export function useExchangeRings(): void {
  const { client } = useLive();
  const { t } = useI18n();
  const navigate = useNavigate();
  useEffect(
    () =>
      client.hear('call.ringing', ({ conversationId: conversation, callId }) => {
        const key = `ring ${callId}`;
        const open = () => {
          unnotify(key);
          void navigate({ to: '/inbox/$view/$conversation', params: { view: 'all', conversation }, search: {} });
        };
        notify(
          <span className="offers-alarm">
            {t('ring.exchange')}
            <Button size="compact-sm" variant="light" onClick={open}>
              {t('alert.open')}
            </Button>
          </span>,
          'undo',
          key,
        );
      }),
    [client, t, navigate],
  );
}
