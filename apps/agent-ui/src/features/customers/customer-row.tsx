import { Link } from '@tanstack/react-router';
import type { FoundCustomer } from '../../api/people.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { IconPerson } from '../../ui/icons.js';
import { Ltr } from '../../ui/ltr.js';
import { PersonAvatar } from '../../ui/person-avatar.js';
import { useCustomerName } from '../../ui/use-customer-name.js';
import { useShownAddress } from '../../ui/use-shown-address.js';

/** Somebody, and how they can be reached; leads to their timeline, and beside it to all that is known of them. */
export function CustomerRow({ row }: { row: FoundCustomer }) {
  const { t, format } = useI18n();
  const name = useCustomerName()(row);
  const addresses = [...new Set([...row.identities, ...row.claims].map(useShownAddress()))];
  return (
    <li className="customers-line">
      <Link
        to="/inbox/$view/$conversation"
        params={{ view: 'all', conversation: row.conversation }}
        className="customers-row"
      >
        <PersonAvatar name={name} />
        <span className="customers-who">
          <bdi className="one-line">{name}</bdi>
          {addresses.length > 0 ? (
            <Ltr className="one-line">{addresses.join(', ')}</Ltr>
          ) : (
            <span>{t('customers.noAddress')}</span>
          )}
        </span>
        {row.blocked && <span className="chip">{t('customers.blocked')}</span>}
        {row.tier > 0 && <span className="chip">{t('customers.tierNamed', { tier: format.number(row.tier) })}</span>}
        <span className="customers-since">{t('customers.since', { date: format.day(row.createdAt) })}</span>
      </Link>
      <Link
        to="/customers/$customer"
        params={{ customer: row.id }}
        className="customers-profile"
        aria-label={t('profile.of', { name })}
        title={t('profile.of', { name })}
      >
        <IconPerson size={20} aria-hidden />
      </Link>
    </li>
  );
}
