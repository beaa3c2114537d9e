import { useDebouncedValue } from '@mantine/hooks';
import type { SpotlightActionGroupData } from '@mantine/spotlight';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { keys } from '../api/keys.js';
import { lifecycle } from '../api/lifecycle.js';
import { people } from '../api/people.js';
import { searchFor } from '../api/search.js';
import { showMessage } from '../features/conversation/wanted-message.js';
import { latinDigits } from '../i18n/latin-digits.js';
import { useI18n } from '../i18n/use-i18n.js';
import { ticketSign } from '../ui/ticket-number.js';
import { useAction } from '../ui/use-action.js';
import { useCustomerName } from '../ui/use-customer-name.js';

/** Whoever types a number may mean a ticket; one that was merged leads to where it went. */
export function useTicketByNumber(query: string): SpotlightActionGroupData[] {
  const { t } = useI18n();
  const navigate = useNavigate();
  const open = useAction(
    (number: string) => lifecycle.get(number),
    ({ conversation, ticket }) =>
      void navigate({
        to: '/inbox/$view/$conversation',
        params: { view: 'all', conversation },
        search: { ticket: ticket.id },
      }),
  );
  const typed = query.trim();
  const number = /^#?(?:[a-z]{2,6}-)?(\d{1,15})$/iu.exec(latinDigits(typed))?.[1];
  if (number === undefined) {
    return [];
  }
  const label = t('palette.ticket', { number: typed });
  return [
    {
      group: t('customer.tickets'),
      actions: [{ id: 'ticket', label, keywords: [typed], onClick: () => open.mutate(number) }],
    },
  ];
}

/** How long somebody pauses who has typed whom they look for, in milliseconds. */
const pauseMs = 200;
const fewLetters = 2;

/** Customers by name, number or address, a few; whoever types on no longer waits for the answer before. */
export function usePeople(query: string): SpotlightActionGroupData[] {
  const { t } = useI18n();
  const navigate = useNavigate();
  const nameOf = useCustomerName();
  const [wanted] = useDebouncedValue(latinDigits(query.trim()), pauseMs);
  const found = useQuery({
    queryKey: keys.fewCustomers(wanted),
    queryFn: ({ signal }) => people.few(wanted, signal),
    enabled: wanted.length >= fewLetters,
  }).data?.rows;
  if (!found || found.length === 0 || wanted.length < fewLetters) {
    return [];
  }
  const open = (conversation: string) =>
    void navigate({ to: '/inbox/$view/$conversation', params: { view: 'all', conversation } });
  return [
    {
      group: t('shell.customers'),
      actions: found.map((one) => ({
        id: one.id,
        label: nameOf(one),
        description: [...one.identities, ...one.claims].map(({ address }) => `\u2066${address}\u2069`).join(', '),
        // The hub has found them for what is typed: the box has nothing to sift.
        keywords: [query],
        onClick: () => open(one.conversation),
      })),
    },
  ];
}

/** So many tickets are offered; the rest is the search page's. */
const fewTickets = 4;
/** All that was said is much to look through, and whoever types a command does not want it. */
const longPauseMs = 500;
const someLetters = 4;

/** Tickets in which all the words were said, the subjects of mails among them, the latest first. */
export function useTicketsBySaid(query: string): SpotlightActionGroupData[] {
  const { t, format } = useI18n();
  const navigate = useNavigate();
  const nameOf = useCustomerName();
  const [wanted] = useDebouncedValue(query.trim(), longPauseMs);
  const found = useQuery({
    queryKey: keys.fewTickets(wanted),
    queryFn: ({ signal }) => searchFor(wanted, undefined, { limit: 3 * fewTickets, signal }),
    enabled: wanted.length >= someLetters,
  }).data?.rows;
  const tickets = new Map(
    found?.flatMap((hit) => (hit.ticket ? [[hit.ticket.id, { ...hit, ticket: hit.ticket }]] : [])),
  );
  // What was found for other words is not shown for these.
  if (tickets.size === 0 || wanted !== query.trim()) {
    return [];
  }
  return [
    {
      group: t('palette.ticketsSaid'),
      actions: [...tickets.values()].slice(0, fewTickets).map(({ ticket, conversation, customer, message }) => ({
        id: ticket.id,
        label: ticket.subject || nameOf(customer),
        description: `${nameOf(customer)} · \u2068${ticketSign(ticket, format)}\u2069`,
        keywords: [query],
        onClick: () => {
          if (message) {
            showMessage({ conversation, message: message.id });
          }
          void navigate({
            to: '/inbox/$view/$conversation',
            params: { view: 'all', conversation },
            search: { ticket: ticket.id },
          });
        },
      })),
    },
  ];
}
