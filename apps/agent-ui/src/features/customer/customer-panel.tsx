import { ActionIcon, Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState, type FormEvent } from 'react';
import type { ConversationView, CustomerView } from '#contract';
import { hub } from '../../api/hub.js';
import { conversationQuery } from '../../api/queries.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { useLive } from '../../live/live-context.js';
import { currentTicket } from '../../live/use-ticket-actions.js';
import { IconEdit, IconMerge, IconPlus, IconTicket } from '../../ui/icons.js';
import { PersonAvatar } from '../../ui/person-avatar.js';
import { useAction } from '../../ui/use-action.js';
import { useCustomerName } from '../../ui/use-customer-name.js';
import './customer-panel.css';
import { Identities } from './identities.js';
import { EarlierTicket, TicketCard } from './ticket-card.js';

const AddIdentityForm = lazy(async () => ({ default: (await import('./add-identity-form.js')).AddIdentityForm }));
const OpenTicketForm = lazy(async () => ({ default: (await import('./open-ticket-form.js')).OpenTicketForm }));
const MergeForm = lazy(async () => ({ default: (await import('./merge-form.js')).MergeForm }));

/** Who the customer is, how they can be reached, and what they have come with. */
export function CustomerPanel({ person, ticketId }: { person: string; ticketId: string | undefined }) {
  const { t, format } = useI18n();
  // The conversation's own screen loads it; this one only looks along.
  const view = useQuery({ ...conversationQuery(person), enabled: false }).data;
  const [opened, setOpened] = useState<'identity' | 'merge' | 'ticket' | null>(null);
  if (!view) {
    return null;
  }
  const close = () => setOpened(null);
  return (
    <div className="customer">
      <CustomerName view={view} />
      <p className="customer-since">{t('customer.since', { date: format.day(view.customer.createdAt) })}</p>
      <Tickets view={view} ticketId={ticketId} />
      <section aria-labelledby="customer-identities">
        <div className="customer-heading">
          <h2 id="customer-identities">{t('customer.identities')}</h2>
          <ActionIcon
            size="md"
            aria-label={t('customer.addIdentity')}
            title={t('customer.addIdentity')}
            onClick={() => setOpened('identity')}
          >
            <IconPlus size={17} />
          </ActionIcon>
        </div>
        <Identities identities={view.customer.identities} />
      </section>
      <div className="customer-actions">
        <Button variant="default" size="xs" leftSection={<IconTicket size={16} />} onClick={() => setOpened('ticket')}>
          {t('ticket.open')}
        </Button>
        <Button variant="default" size="xs" leftSection={<IconMerge size={16} />} onClick={() => setOpened('merge')}>
          {t('customer.merge')}
        </Button>
      </div>
      <Suspense>
        {opened === 'identity' && <AddIdentityForm view={view} onClose={close} />}
        {opened === 'ticket' && <OpenTicketForm person={person} onClose={close} />}
        {opened === 'merge' && <MergeForm view={view} onClose={close} />}
      </Suspense>
    </div>
  );
}

function CustomerName({ view: { id, customer } }: { view: ConversationView }) {
  const { t } = useI18n();
  const called = useCustomerName()(customer);
  const [name, setName] = useState<string | null>(null);
  const { cache } = useLive();
  const rename = useAction(
    (next: string) => hub.renameCustomer(customer.id, next),
    (renamed: CustomerView) => {
      cache.rename(id, renamed);
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
        dir={name ? 'auto' : undefined}
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
