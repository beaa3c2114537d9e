import { ActionIcon, Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState, type FormEvent } from 'react';
import type { ConversationView, CustomerView, IdentityView } from '#contract';
import { people } from '../../api/people.js';
import { conversationQuery } from '../../api/queries.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { useLive } from '../../live/live-context.js';
import { currentTicket } from '../../live/use-ticket-actions.js';
import { IconBlock, IconEdit, IconLink, IconMail, IconMerge, IconPlus, IconTicket } from '../../ui/icons.js';
import { late } from '../../ui/late.js';
import { PersonAvatar } from '../../ui/person-avatar.js';
import { useAction } from '../../ui/use-action.js';
import { useCustomerName } from '../../ui/use-customer-name.js';
import { Claims } from './claims.js';
import './customer-panel.css';
import { CustomerTier } from './customer-tier.js';
import { Identities } from './identities.js';
import type { MergeWish } from './merge-form.js';
import { MergedIn } from './merged-in.js';
import type { MergedPerson } from './merged-people.js';
import { Suggestions } from './suggestions.js';
import { EarlierTicket, TicketCard } from './ticket-card.js';

const CallbackCard = late(async () => ({ default: (await import('./callback-card.js')).CallbackCard }));
const BotCard = late(async () => ({ default: (await import('./bot/bot-card.js')).BotCard }));
const CustomerKnowledge = late(async () => ({ default: (await import('./customer-knowledge.js')).CustomerKnowledge }));
const PrivacyButton = late(async () => ({ default: (await import('./privacy/privacy-button.js')).PrivacyButton }));
const AddIdentityForm = lazy(async () => ({ default: (await import('./add-identity-form.js')).AddIdentityForm }));
const OpenTicketForm = lazy(async () => ({ default: (await import('./open-ticket-form.js')).OpenTicketForm }));
const MergeForm = lazy(async () => ({ default: (await import('./merge-form.js')).MergeForm }));
const PartForm = lazy(async () => ({ default: (await import('./part-form.js')).PartForm }));
const RetireForm = lazy(async () => ({ default: (await import('./retire-form.js')).RetireForm }));
const BlockForm = lazy(async () => ({ default: (await import('./block-form.js')).BlockForm }));
const WishesForm = lazy(async () => ({ default: (await import('./wishes-form.js')).WishesForm }));
const LinksForm = lazy(async () => ({ default: (await import('./links-form.js')).LinksForm }));

/** What the panel asks over itself, and about whom. */
type Opened =
  | { form: 'identity' | 'ticket' | 'links' | 'wishes' | 'block' }
  | ({ form: 'merge' } & MergeWish)
  | { form: 'part'; person: MergedPerson }
  | { form: 'retire'; identity: IdentityView };

/** Who the customer is, how they can be reached, and what they have come with. */
export function CustomerPanel({ person, ticketId }: { person: string; ticketId: string | undefined }) {
  const { t, format } = useI18n();
  // The conversation's own screen loads it; this one only looks along.
  const view = useQuery({ ...conversationQuery(person), enabled: false }).data;
  const [opened, setOpened] = useState<Opened | null>(null);
  if (!view) {
    return null;
  }
  return (
    <div className="customer">
      <CustomerName view={view} />
      <p className="customer-since">{t('customer.since', { date: format.day(view.customer.createdAt) })}</p>
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
      <Suggestions view={view} onCompare={(other) => setOpened({ form: 'merge', other })} />
      <Addresses
        view={view}
        onAdd={() => setOpened({ form: 'identity' })}
        onRetire={(identity) => setOpened({ form: 'retire', identity })}
      />
      <Claims view={view} onTaken={(search) => setOpened({ form: 'merge', search })} />
      <MergedIn customer={view.customer} onPart={(merged) => setOpened({ form: 'part', person: merged })} />
      <PanelActions view={view} onOpen={(form) => setOpened({ form })} />
      <Suspense>{opened && <OpenedForm opened={opened} view={view} onClose={() => setOpened(null)} />}</Suspense>
    </div>
  );
}

function OpenedForm({ opened, view, onClose }: { opened: Opened; view: ConversationView; onClose: () => void }) {
  switch (opened.form) {
    case 'identity':
      return <AddIdentityForm view={view} onClose={onClose} />;
    case 'ticket':
      return <OpenTicketForm person={view.id} onClose={onClose} />;
    case 'links':
      return <LinksForm view={view} onClose={onClose} />;
    case 'wishes':
      return <WishesForm view={view} onClose={onClose} />;
    case 'block':
      return <BlockForm view={view} onClose={onClose} />;
    case 'merge':
      return <MergeForm view={view} wish={opened} onClose={onClose} />;
    case 'retire':
      return <RetireForm view={view} identity={opened.identity} onClose={onClose} />;
    case 'part':
      return <PartForm person={opened.person} root={view.customer.id} onClose={onClose} />;
  }
}

interface AddressesProps {
  view: ConversationView;
  onAdd: () => void;
  onRetire: (identity: IdentityView) => void;
}

function Addresses({ view, onAdd, onRetire }: AddressesProps) {
  const { t } = useI18n();
  return (
    <section aria-labelledby="customer-identities">
      <div className="customer-heading">
        <h2 id="customer-identities">{t('customer.identities')}</h2>
        <ActionIcon size="md" aria-label={t('customer.addIdentity')} title={t('customer.addIdentity')} onClick={onAdd}>
          <IconPlus size={17} />
        </ActionIcon>
      </div>
      <Identities view={view} onRetire={onRetire} />
    </section>
  );
}

interface PanelActionsProps {
  view: ConversationView;
  onOpen: (form: 'ticket' | 'merge' | 'links' | 'wishes' | 'block') => void;
}

/** A blocked customer is unblocked where it says that they are: above the conversation. */
function PanelActions({ view, onOpen }: PanelActionsProps) {
  const { t } = useI18n();
  return (
    <div className="customer-actions">
      <Button variant="default" size="xs" leftSection={<IconTicket size={16} />} onClick={() => onOpen('ticket')}>
        {t('ticket.open')}
      </Button>
      <Button variant="default" size="xs" leftSection={<IconMerge size={16} />} onClick={() => onOpen('merge')}>
        {t('customer.merge')}
      </Button>
      <Button variant="default" size="xs" leftSection={<IconLink size={16} />} onClick={() => onOpen('links')}>
        {t('people.links')}
      </Button>
      <Button variant="default" size="xs" leftSection={<IconMail size={16} />} onClick={() => onOpen('wishes')}>
        {t('people.wishes')}
      </Button>
      {view.customer.blocked === null && (
        <Button variant="default" size="xs" leftSection={<IconBlock size={16} />} onClick={() => onOpen('block')}>
          {t('people.block')}
        </Button>
      )}
      <PrivacyButton view={view} />
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
