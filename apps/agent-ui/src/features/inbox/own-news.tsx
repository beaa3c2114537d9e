import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { MentionFrame, WokenFrame } from '#contract';
import type { ViewName } from '../../api/hub.js';
import { keys } from '../../api/keys.js';
import { useMe } from '../../api/queries.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { useTexts } from '../../i18n/use-texts.js';
import { useLive } from '../../live/live-context.js';
import { notify, unnotify } from '../../ui/notify.js';
import { play, type Chime } from '../../ui/sound.js';
import { showSystemNotice } from '../../ui/system-notice.js';
import { ticketNumber } from '../../ui/ticket-number.js';

/** Says that a colleague named the reader, and that a ticket woke; lists follow what the reader follows. Shows nothing itself. */
export function OwnNews() {
  const isSpoken = useTexts('properties');
  return isSpoken ? <Listening /> : null;
}

function Listening() {
  const { client, cache } = useLive();
  const { t, format } = useI18n();
  const navigate = useNavigate();
  const { id: readerId } = useMe();
  useEffect(() => {
    const say = (chime: Chime, frame: MentionFrame | WokenFrame, view: ViewName, words: string, label: string) => {
      const key = `${chime} ${frame.ticketId}`;
      const open = () => {
        unnotify(key);
        const params = { view, conversation: frame.conversation };
        void navigate({ to: '/inbox/$view/$conversation', params, search: { ticket: frame.ticketId } });
      };
      play(chime);
      showSystemNotice({ key, title: words, words: 'text' in frame ? frame.text : '', run: open });
      notify(
        <span className="offers-alarm">
          {words}
          <Button size="compact-sm" variant="light" onClick={open}>
            {label}
          </Button>
        </span>,
        'undo',
        key,
      );
    };
    const unhear = [
      client.hear('ticket.followed', ({ agentId }) => {
        if (agentId === readerId) {
          cache.refetch(keys.everyList);
        }
      }),
      client.hear('agent.mentioned', (frame) => {
        const words = t('mention.title', { name: frame.by.name, number: ticketNumber(frame, format) });
        say('mention', frame, 'mentions', words, t('mention.open'));
        cache.refetch(keys.everyList);
      }),
      client.hear('ticket.woken', (frame) => {
        const words = t('wake.title', { number: ticketNumber(frame, format) });
        say('work', frame, 'open', words, t('wake.open'));
      }),
    ];
    return () => unhear.forEach((stop) => stop());
  }, [client, cache, t, format, navigate, readerId]);
  return null;
}
