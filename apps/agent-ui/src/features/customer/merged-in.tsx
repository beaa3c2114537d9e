import { Button } from '@mantine/core';
import type { CustomerView } from '#contract';
import { useI18n } from '../../i18n/use-i18n.js';
import { Ltr } from '../../ui/ltr.js';
import { listMerged, type MergedPerson } from './merged-people.js';

interface Props {
  customer: CustomerView;
  onPart: (person: MergedPerson) => void;
}

/** Who else this customer was, each with the way back. */
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
        {merged.map((person) => {
          const name = person.addresses.join(', ');
          return (
            <li key={person.customer}>
              <Ltr className="one-line">{name}</Ltr>
              <Button
                size="compact-sm"
                variant="default"
                aria-label={t('people.partOf', { name })}
                onClick={() => onPart(person)}
              >
                {t('people.part')}
              </Button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
