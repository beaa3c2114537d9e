import { ActionIcon, Button } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import type { ConversationView, IdentityView } from '#contract';
import { useI18n } from '../../i18n/use-i18n.js';
import { IconBlock, IconLink, IconMail, IconMerge, IconPlus, IconTicket } from '../../ui/icons.js';
import { late } from '../../ui/late.js';
import { Claims } from './claims.js';
import { Identities } from './identities.js';
import type { MergeWish } from './merge-form.js';
import { MergedIn } from './merged-in.js';
import type { MergedPerson } from './merged-people.js';
import { Suggestions } from './suggestions.js';

const PrivacyButton = late(async () => ({ default: (await import('./privacy/privacy-button.js')).PrivacyButton }));
const AddIdentityForm = lazy(async () => ({ default: (await import('./add-identity-form.js')).AddIdentityForm }));
const OpenTicketForm = lazy(async () => ({ default: (await import('./open-ticket-form.js')).OpenTicketForm }));
const MergeForm = lazy(async () => ({ default: (await import('./merge-form.js')).MergeForm }));
const PartForm = lazy(async () => ({ default: (await import('./part-form.js')).PartForm }));
const RetireForm = lazy(async () => ({ default: (await import('./retire-form.js')).RetireForm }));
const BlockForm = lazy(async () => ({ default: (await import('./block-form.js')).BlockForm }));
const WishesForm = lazy(async () => ({ default: (await import('./wishes-form.js')).WishesForm }));
const LinksForm = lazy(async () => ({ default: (await import('./links-form.js')).LinksForm }));

/** What is asked over the page, and about whom. */
type Opened =
  | { form: 'identity' | 'ticket' | 'links' | 'wishes' | 'block' }
  | ({ form: 'merge' } & MergeWish)
  | { form: 'part'; person: MergedPerson }
  | { form: 'retire'; identity: IdentityView };

/** By what they are known, whose it may be as well, and all that can be done about it. */
export function WhoTheyAre({ view }: { view: ConversationView }) {
  const [opened, setOpened] = useState<Opened | null>(null);
  return (
    <>
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
    </>
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
