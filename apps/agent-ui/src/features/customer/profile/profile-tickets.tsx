import { Link } from '@tanstack/react-router';
import type { ConversationView, TicketView } from '#contract';
import { useQueues, useStateNames } from '../../../api/queries.js';
import { useI18n } from '../../../i18n/use-i18n.js';
import { wordsOf } from '../../../ui/field-words.js';
import { ticketNumber } from '../../../ui/ticket-number.js';

/** As many as a conversation brings. */
const most = 50;

/** What the customer came with, the latest first; each leads to where it was talked about. */
export function ProfileTickets({ view: { id, tickets } }: { view: ConversationView }) {
  const { t } = useI18n();
  return (
    <section aria-labelledby="profile-tickets">
      <h2 id="profile-tickets">{t('customer.tickets')}</h2>
      {tickets.length === 0 && <p className="customer-none">{t('customer.noTickets')}</p>}
      <ul className="profile-tickets">
        {tickets.map((ticket) => (
          <Ticket key={ticket.id} ticket={ticket} person={id} />
        ))}
      </ul>
      {tickets.length >= most && <p className="customer-none">{t('profile.newest', { count: most })}</p>}
    </section>
  );
}

function Ticket({ ticket, person }: { ticket: TicketView; person: string }) {
  const { t, locale, format } = useI18n();
  const queue = useQueues().find(({ id }) => id === ticket.queueId);
  const ownState = useStateNames().find(({ id }) => id === ticket.stateNameId);
  return (
    <li>
      <Link
        to="/inbox/$view/$conversation"
        params={{ view: 'all', conversation: person }}
        search={{ ticket: ticket.id }}
      >
        <span className="profile-subject">
          <span className="chip">
            <bdi>{t('ticket.number', { number: ticketNumber(ticket, format) })}</bdi>
          </span>
          <bdi className="one-line">{ticket.subject}</bdi>
          <span className="chip">
            <bdi>{ownState ? wordsOf(ownState.name, locale) : t(`ticket.state.${ticket.state}`)}</bdi>
          </span>
        </span>
        <small>
          <bdi>{queue?.name ?? t('ticket.queueGone')}</bdi>
          {' · '}
          {t('profile.opened', { date: format.day(ticket.openedAt) })}
          {' · '}
          {t('profile.lastMessage', { when: format.dateTime(ticket.lastMessageAt) })}
        </small>
      </Link>
    </li>
  );
}
