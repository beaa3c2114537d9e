import type { MergeSide } from '#contract';
import { useI18n } from '../../i18n/use-i18n.js';
import { IconBlock } from '../../ui/icons.js';
import { Ltr } from '../../ui/ltr.js';
import { PersonAvatar } from '../../ui/person-avatar.js';
import { useCustomerName } from '../../ui/use-customer-name.js';

/** One of the two: who they are, what they are reached by and how much they bring. */
export function MergeSideCard({ side: { customer, counts }, role }: { side: MergeSide; role: string }) {
  const { t, format } = useI18n();
  const name = useCustomerName()(customer);
  return (
    <section className="merge-side" aria-label={role}>
      <h3>{role}</h3>
      <div className="merge-side-who">
        <PersonAvatar name={name} size={32} />
        <bdi>{name}</bdi>
      </div>
      {customer.blocked && (
        <span className="chip" data-tone="bad">
          <IconBlock size={13} aria-hidden /> {t('people.blocked')}
        </span>
      )}
      <ul>
        {customer.identities.map(({ id, address }) => (
          <li key={id}>
            <Ltr>{address}</Ltr>
          </li>
        ))}
      </ul>
      <ul>
        <li>{t('people.messages', { count: counts.messages })}</li>
        <li>{t('people.ticketCount', { count: counts.tickets, open: format.number(counts.openTickets) })}</li>
        <li>{t('people.addresses', { count: counts.identities })}</li>
        <li>{t('customer.since', { date: format.day(customer.createdAt) })}</li>
      </ul>
    </section>
  );
}
