import { Button } from '@mantine/core';
import type { CustomerView } from '#contract';
import { useI18n } from '../../i18n/use-i18n.js';
import { Ltr } from '../../ui/ltr.js';
import { calledBy, listMerged, type MergedPerson } from './merged-people.js';

interface Props {
  customer: CustomerView;
  onPart: (person: MergedPerson) => void;
}

/** Who else this customer was, since when, each with the way back. */
export function MergedIn({ customer, onPart }: Props) {
  const { t } = useI18n();
  const merged = listMerged(customer);
  if (merged.length === 0) {
    return null;
  }
  return (
    <section aria-labelledby="customer-merged">
      <h2 id="customer-merged">{t('people.mergedIn')}</h2>
      <ul className="merged-in">
        {merged.map((person) => (
          <Merged key={person.customer} person={person} onPart={() => onPart(person)} />
        ))}
      </ul>
    </section>
  );
}

function Merged({ person, onPart }: { person: MergedPerson; onPart: () => void }) {
  const { t, format } = useI18n();
  const { name, addresses, at } = person;
  return (
    <li>
      <div className="merged-who">
        {name !== '' && <bdi className="one-line">{name}</bdi>}
        {addresses.length > 0 && <Ltr className="one-line">{addresses.join(', ')}</Ltr>}
        {name === '' && addresses.length === 0 && t('customer.unnamed')}
        <span>{t('people.mergedAt', { when: format.dateTime(at) })}</span>
      </div>
      <Button
        size="compact-sm"
        variant="default"
        aria-label={t('people.partOf', { name: calledBy(person) || t('customer.unnamed') })}
        onClick={onPart}
      >
        {t('people.part')}
      </Button>
    </li>
  );
}
