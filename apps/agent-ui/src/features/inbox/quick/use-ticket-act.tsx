import { Button } from '@mantine/core';
import { useCallback } from 'react';
import type { BulkAct, TicketView } from '#contract';
import { hub } from '../../../api/hub.js';
import { keys } from '../../../api/keys.js';
import { properties } from '../../../api/properties.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { useLive } from '../../../live/live-context.js';
import { notify, unnotify } from '../../../ui/notify.js';
import { useProblemText } from '../../../ui/problem-text.js';
import { ticketNumber } from '../../../ui/ticket-number.js';
import { useActWords } from '../bulk/use-act-words.js';
import { takeBackOf } from './choices.js';

/** Does an act on one ticket: it shows at once, with a way back; where it is refused everything is as it was, and the reason is said. */
export function useTicketAct(person: string): (ticket: TicketView, act: BulkAct) => void {
  const { cache } = useLive();
  const { t, format } = useI18n();
  const words = useActWords();
  const problemText = useProblemText();
  return useCallback(
    (ticket, act) => {
      const apply = async (before: TicketView, wish: BulkAct): Promise<TicketView | null> => {
        const known = takeBackOf(before, wish);
        cache.putTicket(person, known?.now ?? before);
        try {
          const after = await request(before, wish);
          cache.putTicket(person, after);
          return after;
        } catch (error) {
          cache.putTicket(person, before);
          cache.refetch(keys.conversation(person), keys.everyList);
          notify(problemText(error), 'bad');
          return null;
        }
      };
      void apply(ticket, act).then((after) => {
        const back = takeBackOf(ticket, act)?.back;
        if (after && back) {
          const id = `quick ${ticket.id}`;
          const undo = () => {
            unnotify(id);
            void apply(after, back).then((ended) => ended && cache.refetch(keys.everyList));
          };
          unnotify(id);
          notify(
            <span className="offers-alarm">
              {t('bulk.one', {
                number: t('ticket.number', { number: ticketNumber(ticket, format) }),
                what: words(act),
              })}
              <Button size="compact-sm" variant="light" onClick={undo}>
                {t('bulk.undo')}
              </Button>
            </span>,
            'undo',
            id,
          );
        }
      });
    },
    [cache, person, t, format, words, problemText],
  );
}

function request({ id, version, ownerId, tags }: TicketView, act: BulkAct): Promise<TicketView> {
  switch (act.do) {
    case 'assign':
      return hub.assign(id, act.agentId, ownerId);
    case 'priority':
      return hub.changeTicket(id, { version, priority: act.priority });
    case 'route':
      return hub.changeTicket(id, { version, queueId: act.queueId });
    case 'state':
      return hub.changeTicket(id, { version, state: act.state });
    case 'tags': {
      const kept = tags.filter((tag) => !act.remove.includes(tag));
      return hub.changeTicket(id, { version, tags: [...kept, ...act.add.filter((tag) => !kept.includes(tag))] });
    }
    case 'snooze':
      return act.until === null ? properties.wake(id) : properties.snooze(id, act.until);
    case 'spam':
      return properties.markSpam(id, false);
    case 'read':
      throw new Error('What is read is no matter of a ticket.');
  }
}
