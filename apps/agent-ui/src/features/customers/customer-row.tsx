import { Link } from '@tanstack/react-router';
import type { FoundCustomer } from '../../api/people.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { Ltr } from '../../ui/ltr.js';
import { PersonAvatar } from '../../ui/person-avatar.js';
import { useCustomerName } from '../../ui/use-customer-name.js';

/** Somebody, and how they can be reached; leads to their timeline, with all that is known of them beside it. */
export function CustomerRow({ row }: { row: FoundCustomer }) {
  const { t, format } = useI18n();
  const name = useCustomerName()(row);
  const addresses = [...row.identities, ...row.claims].map(({ address }) => address);
  return (
    <li>
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
    </li>
  );
}
