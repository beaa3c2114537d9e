import { useQueries } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { keys } from '../../api/keys.js';
import { people } from '../../api/people.js';
import { latinDigits } from '../../i18n/latin-digits.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { useCustomerName } from '../../ui/use-customer-name.js';

/** Who has these addresses already, as far as the reader may know. */
export function AlreadyKnown({ addresses, onClose }: { addresses: readonly string[]; onClose: () => void }) {
  const { t } = useI18n();
  const nameOf = useCustomerName();
  const wanted = addresses.map((address) => latinDigits(address).trim()).filter((address) => address !== '');
  const found = useQueries({
    queries: wanted.map((address) => ({
      queryKey: keys.fewCustomers(address),
      queryFn: ({ signal }: { signal: AbortSignal }) => people.few(address, signal),
    })),
    combine: (answers) => answers.flatMap(({ data }) => data?.rows ?? []),
  });
  const each = new Map(found.map((one) => [one.id, one]));
  return (
    <div role="alert" className="opening-known">
      {t('opening.mayBe')}
      <ul className="opening-found">
        {[...each.values()].map((one) => (
          <li key={one.id}>
            <Link
              to="/inbox/$view/$conversation"
              params={{ view: 'all', conversation: one.conversation }}
              onClick={onClose}
            >
              {t('opening.goThere', { name: nameOf(one) })}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
