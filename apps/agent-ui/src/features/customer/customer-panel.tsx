import { ActionIcon, Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Suspense, useState, type FormEvent } from 'react';
import type { ConversationView, CustomerView } from '#contract';
import { people } from '../../api/people.js';
import { conversationQuery } from '../../api/queries.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { useLive } from '../../live/live-context.js';
import { currentTicket } from '../../live/use-ticket-actions.js';
import { IconEdit } from '../../ui/icons.js';
import { late } from '../../ui/late.js';
import { PersonAvatar } from '../../ui/person-avatar.js';
import { useAction } from '../../ui/use-action.js';
import { useCustomerName } from '../../ui/use-customer-name.js';
import './customer-panel.css';
import { CustomerTier } from './customer-tier.js';
import { EarlierTicket, TicketCard } from './ticket-card.js';
import { WhoTheyAre } from './who-they-are.js';

const CallbackCard = late(async () => ({ default: (await import('./callback-card.js')).CallbackCard }));
const BotCard = late(async () => ({ default: (await import('./bot/bot-card.js')).BotCard }));
const CustomerKnowledge = late(async () => ({ default: (await import('./customer-knowledge.js')).CustomerKnowledge }));
/** Who the customer is, how they can be reached, and what they have come with. */
export function CustomerPanel({ person, ticketId }: { person: string; ticketId: string | undefined }) {
  const { t, format } = useI18n();
  // The conversation's own screen loads it; this one only looks along.
  const view = useQuery({ ...conversationQuery(person), enabled: false }).data;
  if (!view) {
    return null;
  }
  return (
    <div className="customer">
      <CustomerName view={view} />
      <p className="customer-since">
        {t('customer.since', { date: format.day(view.customer.createdAt) })}
        {' · '}
        <Link to="/customers/$customer" params={{ customer: view.customer.id }}>
          {t('customer.profile')}
        </Link>
      </p>
      <CustomerTier person={view.id} customer={view.customer} />
      <Suspense>
        <CustomerKnowledge key={view.customer.id} customer={view.customer} />
      </Suspense>
      {view.customer.deletionAskedAt && (
        <p className="customer-wish">
          {t('people.deletionAsked', { when: format.dateTime(view.customer.deletionAskedAt) })}
        </p>
      )}
      <Tickets view={view} ticketId={ticketId} />
      <WhoTheyAre view={view} />
    </div>
  );
}

function CustomerName({ view: { id, customer } }: { view: ConversationView }) {
  const { t } = useI18n();
  const called = useCustomerName()(customer);
  const [name, setName] = useState<string | null>(null);
  const { cache } = useLive();
  const rename = useAction(
    (next: string) => people.rename(customer.id, next),
    (renamed: CustomerView) => {
      cache.putCustomer(id, renamed);
      setName(null);
    },
  );
  if (name === null) {
    return (
      <div className="customer-name">
        <PersonAvatar name={called} size={44} />
        <strong>
          <bdi>{called}</bdi>
        </strong>
        <ActionIcon
          size="md"
          aria-label={t('customer.rename')}
          title={t('customer.rename')}
          onClick={() => setName(customer.name)}
        >
          <IconEdit size={16} />
        </ActionIcon>
      </div>
    );
  }
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim()) {
      rename.mutate(name.trim());
    }
  };
  return (
    <form className="customer-rename" onSubmit={submit}>
      <TextInput
        aria-label={t('customer.name')}
        value={name}
        data-autofocus
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Button type="submit" loading={rename.isPending}>
        {t('common.save')}
      </Button>
      <Button variant="subtle" color="gray" onClick={() => setName(null)}>
        {t('common.cancel')}
      </Button>
    </form>
  );
}

function Tickets({ view, ticketId }: { view: ConversationView; ticketId: string | undefined }) {
  const { t } = useI18n();
  const current = currentTicket(view.tickets, ticketId);
  const earlier = view.tickets.filter(({ id }) => id !== current?.id);
  return (
    <>
      <section aria-label={t('customer.tickets')}>
        <Suspense>
          <BotCard view={view} />
        </Suspense>
        <Suspense>{current && <CallbackCard key={current.id} ticket={current} view={view} />}</Suspense>
        {current ? (
          <TicketCard key={current.id} ticket={current} person={view.id} />
        ) : (
          <p className="customer-none">{t('customer.noTickets')}</p>
        )}
      </section>
      {earlier.length > 0 && (
        <section aria-labelledby="customer-earlier">
          <h2 id="customer-earlier">{t('customer.earlier')}</h2>
          <ul className="customer-earlier">
            {earlier.map((ticket) => (
              <EarlierTicket key={ticket.id} ticket={ticket} />
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
