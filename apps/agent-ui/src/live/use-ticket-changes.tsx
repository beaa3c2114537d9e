import { Button } from '@mantine/core';
import type { TicketChangeView } from '#contract';
import { keys } from '../api/keys.js';
import { lifecycle } from '../api/lifecycle.js';
import { useTranslation } from 'react-i18next';
import { learnPart } from '../i18n/i18n.js';
import { useI18n } from '../i18n/use-i18n.js';
import { notify, unnotify } from '../ui/notify.js';
import { useAction } from '../ui/use-action.js';
import { ticketNumber } from '../ui/ticket-number.js';
import { useLive } from './live-context.js';

/** Merges, moves and splits of a person's tickets: does one, says so, and offers the way back at once. */
export function useTicketChanges(person: string, done?: () => void) {
  const { t, format } = useI18n();
  const { i18n } = useTranslation();
  const { cache } = useLive();
  const undo = useUndoTicketChange(person);
  const make = useAction(
    async (act: () => Promise<TicketChangeView>) => {
      const change = await act();
      await learnPart(i18n, 'tickets');
      return change;
    },
    ({ id, kind, into }) => {
      cache.refetch(keys.conversation(person), keys.everyList, keys.everyTicketKin);
      done?.();
      notify(
        <span className="merge-done">
          {t(`tidy.done_${kind}`, { number: ticketNumber(into, format) })}
          <Button size="compact-sm" variant="light" onClick={() => undo.mutate(id)}>
            {t('common.undo')}
          </Button>
        </span>,
        'undo',
        noticeOf(id),
      );
    },
  );
  return { make: make.mutate, isBusy: make.isPending };
}

/** Takes a change back, and says what of it had gone on since. */
export function useUndoTicketChange(person: string) {
  const { t } = useI18n();
  const { cache } = useLive();
  return useAction(
    (change: string) => lifecycle.undo(change),
    ({ kept }, change) => {
      unnotify(noticeOf(change));
      cache.refetch(keys.conversation(person), keys.everyList, keys.everyTicketKin);
      notify(kept === 0 ? t('tidy.undone') : t('tidy.undoneBut', { count: kept }));
    },
  );
}

/** The word that tells of a change offers to undo it, so it goes when somebody did. */
function noticeOf(change: string): string {
  return `ticket change ${change}`;
}
