import { Link } from '@tanstack/react-router';
import type { FoundCustomer } from '../../api/people.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { Ltr } from '../../ui/ltr.js';
import { PersonAvatar } from '../../ui/person-avatar.js';
import { useCustomerName } from '../../ui/use-customer-name.js';

/** People whose name or address was searched for. */
export function CustomerHits({ rows }: { rows: readonly FoundCustomer[] }) {
  const { t } = useI18n();
  const nameOf = useCustomerName();
  return (
    <section aria-labelledby="search-customers">
      <h2 id="search-customers">{t('search.customers')}</h2>
      <ul className="search-people">
        {rows.map((row) => (
          <li key={row.id}>
            <Link to="/inbox/$view/$conversation" params={{ view: 'all', conversation: row.conversation }}>
              <PersonAvatar name={nameOf(row)} />
              <span className="search-person">
                <bdi className="one-line">{nameOf(row)}</bdi>
                <Ltr className="one-line">{row.identities.map(({ address }) => address).join(', ')}</Ltr>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
