import { Button, Switch, UnstyledButton } from '@mantine/core';
import { Suspense, useId, useState } from 'react';
import type { ConversationView, IdentityView } from '#contract';
import { people } from '../../api/people.js';
import { sayForHub } from '../../i18n/hub-words.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { identityIcons } from '../../ui/channel-mark.js';
import {
  IconAlert,
  IconCheck,
  IconClock,
  IconExpand,
  IconProven,
  IconShared,
  IconUnreachable,
} from '../../ui/icons.js';
import { late } from '../../ui/late.js';
import { Ltr } from '../../ui/ltr.js';
import { NamedIcon } from '../../ui/named-icon.js';
import { notify } from '../../ui/notify.js';
import { useShownAddress } from '../../ui/use-shown-address.js';
import './identities.css';
import { useCustomerAction } from './use-customer-action.js';

const DialIcon = late(async () => ({ default: (await import('../../calls/dial/dial-icon.js')).DialIcon }));

const trustMarks = {
  proven: { Mark: IconProven, tone: 'good' },
  channel_given: { Mark: IconCheck, tone: 'good' },
  unauthenticated: { Mark: IconAlert, tone: 'warn' },
} as const;

/** Every address of the customer, and how sure it is that it is theirs. */
export function Identities({ view, onRetire }: Pick<Props, 'view' | 'onRetire'>) {
  return (
    <ul className="identities">
      {view.customer.identities.map((identity) => (
        <Identity key={identity.id} identity={identity} view={view} onRetire={onRetire} />
      ))}
    </ul>
  );
}

interface Props {
  identity: IdentityView;
  view: ConversationView;
  /** The agent says that the address is no longer the customer's. */
  onRetire: (identity: IdentityView) => void;
}

function Identity({ identity, view, onRetire }: Props) {
  const { t } = useI18n();
  const [isOpen, setOpen] = useState(false);
  const more = useId();
  const address = useShownAddress()(identity);
  return (
    <li className="identity">
      <div className="identity-head">
        <NamedIcon Icon={identityIcons[identity.kind]} size={17} name={t(`identity.${identity.kind}`)} />
        <Ltr className="identity-address one-line">{address}</Ltr>
        {identity.kind === 'phone' && (
          <Suspense>
            <DialIcon view={view} identityId={identity.id} address={identity.address} />
          </Suspense>
        )}
        <UnstyledButton
          className="identity-more"
          aria-expanded={isOpen}
          aria-controls={isOpen ? more : undefined}
          aria-label={t('people.details', { address })}
          onClick={() => setOpen(!isOpen)}
        >
          <IconExpand size={16} aria-hidden />
        </UnstyledButton>
      </div>
      <IdentityMarks identity={identity} />
      <OptOuts identity={identity} view={view} />
      {isOpen && (
        <div id={more} className="identity-details">
          <IdentityDetails identity={identity} view={view} onRetire={onRetire} />
        </div>
      )}
    </li>
  );
}

function IdentityMarks({ identity: { trust, shared, unreachable, awayUntil } }: Pick<Props, 'identity'>) {
  const { t, format } = useI18n();
  const { Mark, tone } = trustMarks[trust];
  return (
    <p className="identity-marks">
      <span data-tone={tone}>
        <Mark size={14} aria-hidden /> {t(`identity.${trust}`)}
      </span>
      {shared && (
        <span>
          <IconShared size={14} aria-hidden /> {t('identity.shared')}
        </span>
      )}
      {unreachable !== null && (
        <span data-tone="bad">
          <IconUnreachable size={14} aria-hidden /> {t('people.unreachable')}
        </span>
      )}
      {awayUntil !== null && (
        <span>
          <IconClock size={14} aria-hidden /> {t('people.away', { date: format.day(awayUntil) })}
        </span>
      )}
    </p>
  );
}

/** The channels that its owner asked to send no more, each by its name: SMS from one number may go on while another's has ended. */
function OptOuts({ identity, view: { ways } }: Pick<Props, 'identity' | 'view'>) {
  const { t } = useI18n();
  const closed = ways.filter(
    ({ identityId, unavailable }) => identityId === identity.id && unavailable === 'opted_out',
  );
  return closed.map(({ channelId, channelName }) => (
    <p key={channelId} className="identity-marks">
      <span data-tone="bad">
        <IconUnreachable size={14} aria-hidden /> {t('people.optedOut', { channel: channelName })}
      </span>
    </p>
  ));
}

function IdentityDetails({ identity, view, onRetire }: Props) {
  const { id, kind, address, trust, shared, lastSeenAt, unreachable } = identity;
  const { t, format } = useI18n();
  const customer = view.customer.id;
  // A block that they set themselves is theirs to lift.
  const isTheirs = view.ways.some(({ identityId, unavailable }) => identityId === id && unavailable === 'blocked');
  const share = useCustomerAction(view, (isShared: boolean) => people.share(customer, id, isShared));
  const lift = useCustomerAction(
    view,
    () => people.liftSuppression(customer, id),
    () => notify(t('people.lifted', { address })),
  );
  return (
    <>
      <p>{t(`people.why.${trust}`)}</p>
      <p>{lastSeenAt ? t('identity.seen', { when: format.dateTime(lastSeenAt) }) : t('people.neverSeen')}</p>
      {unreachable !== null && (
        <>
          <p className="words">{t('people.unreachableWhy', { why: sayForHub(unreachable) })}</p>
          {!isTheirs && (
            <Button size="compact-sm" variant="default" loading={lift.isPending} onClick={() => lift.mutate(undefined)}>
              {t('people.lift')}
            </Button>
          )}
        </>
      )}
      <Switch
        size="xs"
        label={t('identity.shared')}
        description={t('people.shareHint')}
        checked={shared}
        disabled={share.isPending}
        onChange={(event) => share.mutate(event.currentTarget.checked)}
      />
      {kind !== 'web' && (
        <Button
          size="compact-sm"
          variant="default"
          aria-label={t('people.retireOf', { address })}
          onClick={() => onRetire(identity)}
        >
          {t('people.retire')}
        </Button>
      )}
    </>
  );
}
