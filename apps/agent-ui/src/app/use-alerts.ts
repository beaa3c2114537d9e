import { useNavigate } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo } from 'react';
import type { AssignmentFrame, ConversationChanges, SlaFrame } from '#contract';
import { useMe } from '../api/queries.js';
import { useI18n } from '../i18n/use-i18n.js';
import type { LiveNews } from '../live/live-client.js';
import { ticketNumber } from '../ui/ticket-number.js';
import { showAlert } from './show-alert.js';
import { unlockSound, useSoundState } from '../ui/sound.js';
import { followSight } from '../ui/system-notice.js';
import { useCustomerName } from '../ui/use-customer-name.js';

const freshMs = 60_000;

/** Makes sure that new work and new words of one's own customers are noticed. */
export function useAlerts(): LiveNews {
  const { t, format } = useI18n();
  const nameOf = useCustomerName();
  const { id: readerId, status } = useMe();
  const navigate = useNavigate();
  useEffect(unlockSound, []);
  useEffect(followSight, []);
  useEffect(() => useSoundState.setState({ status }), [status]);

  const open = useCallback(
    (conversation: string, ticket: string) =>
      void navigate({ to: '/inbox/$view/$conversation', params: { view: 'mine', conversation }, search: { ticket } }),
    [navigate],
  );
  return useMemo(
    () => ({
      assigned: ({ agentId, by, number, prefix, conversation, ticketId }: AssignmentFrame) => {
        if (agentId === readerId && by !== readerId) {
          showAlert({
            key: `assigned ${ticketId}`,
            chime: 'work',
            title: t('alert.assigned', { number: ticketNumber({ prefix, number }, format) }),
            action: { label: t('alert.open'), run: () => open(conversation, ticketId) },
          });
        }
      },
      promised: ({ kind, number, prefix, conversation, ticketId }: SlaFrame) =>
        showAlert({
          key: `promise ${ticketId}`,
          chime: 'promise',
          title: t(kind === 'warning' ? 'alert.promiseSoon' : 'alert.promiseLate', {
            number: ticketNumber({ prefix, number }, format),
          }),
          action: { label: t('alert.open'), run: () => open(conversation, ticketId) },
        }),
      changed: (changes: ConversationChanges) => {
        const said = freshWords(changes, readerId);
        if (said && !isBeforeTheirEyes(changes.person)) {
          showAlert({
            key: `message ${changes.person}`,
            chime: 'message',
            title: t('alert.message', { name: nameOf(changes.customer) }),
            words: said.body,
            action: { label: t('alert.open'), run: () => open(changes.person, said.ticketId) },
          });
        }
      },
    }),
    [readerId, t, format, nameOf, open],
  );
}

/** The newest words from outside, on a ticket of the reader's. A frame that catches up on old ones is silent. */
function freshWords({ messages, tickets, since, rev }: ConversationChanges, readerId: string) {
  const mine = new Set(tickets.filter(({ ownerId }) => ownerId === readerId).map(({ id }) => id));
  const said = messages.findLast(
    (message) =>
      message.direction === 'in' &&
      message.rev > since &&
      message.rev <= rev &&
      message.editedAt === null &&
      Date.now() - new Date(message.at).getTime() < freshMs,
  );
  return said?.ticketId && mine.has(said.ticketId) ? { body: said.body, ticketId: said.ticketId } : null;
}

function isBeforeTheirEyes(person: string): boolean {
  return !document.hidden && document.hasFocus() && location.pathname.endsWith(`/${person}`);
}
