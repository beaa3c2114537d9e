import type { IdentityView } from '#contract';
import { useI18n } from '../../i18n/use-i18n.js';
import { identityIcons } from '../../ui/channel-mark.js';
import { IconAlert, IconCheck, IconProven, IconShared } from '../../ui/icons.js';
import { Ltr } from '../../ui/ltr.js';
import { NamedIcon } from '../../ui/named-icon.js';

const trustMarks = {
  proven: { Mark: IconProven, tone: 'good' },
  channel_given: { Mark: IconCheck, tone: 'good' },
  unauthenticated: { Mark: IconAlert, tone: 'warn' },
} as const;

/** Every address of the customer, and how sure it is that it is theirs. */
export function Identities({ identities }: { identities: readonly IdentityView[] }) {
  return (
    <ul className="identities">
      {identities.map((identity) => (
        <Identity key={identity.id} identity={identity} />
      ))}
    </ul>
  );
}

function Identity({ identity: { kind, address, trust, shared, lastSeenAt } }: { identity: IdentityView }) {
  const { t, format } = useI18n();
  const { Mark, tone } = trustMarks[trust];
  return (
    <li className="identity" title={lastSeenAt ? t('identity.seen', { when: format.dateTime(lastSeenAt) }) : undefined}>
      <NamedIcon Icon={identityIcons[kind]} size={17} name={t(`identity.${kind}`)} className="identity-kind" />
      <Ltr className="identity-address one-line">{address}</Ltr>
      {shared && <NamedIcon Icon={IconShared} name={t('identity.shared')} />}
      <NamedIcon Icon={Mark} name={t(`identity.${trust}`)} tone={tone} />
    </li>
  );
}
