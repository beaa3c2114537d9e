import { Button } from '@mantine/core';
import { useNavigate, useParams } from '@tanstack/react-router';
import type { CustomerView, MergePreview } from '#contract';
import { keys } from '../../api/keys.js';
import { people, type MergeChoices } from '../../api/people.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { useLive } from '../../live/live-context.js';
import { forgetMerge } from '../../live/live-state.js';
import { notify, unnotify } from '../../ui/notify.js';
import { useAction } from '../../ui/use-action.js';
import { useCustomerName } from '../../ui/use-customer-name.js';

interface Wish {
  choices: MergeChoices;
  reason: string;
}

/** Makes two customers one, says so, and offers the way back at once. */
export function useMerge(onClose: () => void) {
  const { t } = useI18n();
  const { cache } = useLive();
  const nameOf = useCustomerName();
  const undo = useUndoMerge();
  return useAction(
    ({ preview: { from, into }, ...wish }: Wish & { preview: MergePreview }) =>
      people.merge(from.customer.id, { into: into.customer.id, ...wish }),
    ({ id: root }, { preview: { from, into } }) => {
      cache.refetch(keys.everyConversation, keys.everyList, keys.everySuggestion);
      onClose();
      notify(
        <span className="merge-done">
          {t('customer.merged', { from: nameOf(from.customer), into: nameOf(into.customer) })}
          <Button
            size="compact-sm"
            variant="light"
            loading={undo.isPending}
            onClick={() => undo.mutate({ customer: from.customer.id, root, conversation: from.conversation })}
          >
            {t('common.undo')}
          </Button>
        </span>,
        'undo',
        noticeOf(from.customer.id),
      );
    },
  );
}

/** Takes a merge back. Who is known to be open by `conversation` is opened again; else the reader stays where they are. */
export function useUndoMerge(done?: (freed: CustomerView) => void) {
  const { t } = useI18n();
  const { cache } = useLive();
  const navigate = useNavigate();
  const { view = 'mine' } = useParams({ strict: false });
  return useAction(
    ({ customer, root }: { customer: string; root: string; conversation?: string }) => people.undoMerge(customer, root),
    (freed, { customer, conversation }) => {
      unnotify(noticeOf(customer));
      if (conversation !== undefined) {
        forgetMerge(conversation);
        void navigate({ to: '/inbox/$view/$conversation', params: { view, conversation } });
      }
      cache.refetch(keys.everyConversation, keys.everyList, keys.everySuggestion);
      notify(t('customer.mergeUndone'));
      done?.(freed);
    },
  );
}

/** The word that tells of a merge offers to undo it, so it goes when somebody did. */
function noticeOf(customer: string): string {
  return `merge ${customer}`;
}
