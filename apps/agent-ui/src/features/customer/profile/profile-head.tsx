import { Link } from '@tanstack/react-router';
import type { ConversationView } from '#contract';
import { useI18n } from '../../../i18n/use-i18n.js';
import { PersonAvatar } from '../../../ui/person-avatar.js';
import { useCustomerName } from '../../../ui/use-customer-name.js';
import { lastSeenOf } from './profile-facts.js';

/** Who it is, since when, and the way to what was said. */
export function ProfileHead({ view: { id, customer } }: { view: ConversationView }) {
  const { t, format } = useI18n();
  const name = useCustomerName()(customer);
  const seen = lastSeenOf(customer.identities);
  return (
    <header className="profile-head">
      <PersonAvatar name={name} size={56} />
      <h1>
        <bdi>{name}</bdi>
      </h1>
      {customer.blocked && <span className="chip">{t('customers.blocked')}</span>}
      <Link to="/inbox/$view/$conversation" params={{ view: 'all', conversation: id }} className="profile-open">
        {t('profile.open')}
      </Link>
      <dl>
        <div>
          <dt>{t('profile.firstSeen')}</dt>
          <dd>{format.day(customer.createdAt)}</dd>
        </div>
        <div>
          <dt>{t('profile.lastSeen')}</dt>
          <dd>{seen === null ? t('profile.neverSeen') : format.dateTime(seen)}</dd>
        </div>
      </dl>
      {customer.deletionAskedAt && (
        <p className="customer-wish">
          {t('people.deletionAsked', { when: format.dateTime(customer.deletionAskedAt) })}
        </p>
      )}
    </header>
  );
}
