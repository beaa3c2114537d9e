import { NativeSelect } from '@mantine/core';
import type { CustomerView } from '#contract';
import { people } from '../../api/people.js';
import { useMe } from '../../api/queries.js';
import { useI18n } from '../../i18n/use-i18n.js';
import { useLive } from '../../live/live-context.js';
import { useAction } from '../../ui/use-action.js';

const tiers = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

/** How valued a customer is. Supervisors change it, for it decides who is served first; others see it where there is one. */
export function CustomerTier({ person, customer }: { person: string; customer: CustomerView }) {
  const { t, format } = useI18n();
  const { role } = useMe();
  const { cache } = useLive();
  const set = useAction(
    (tier: number) => people.setTier(customer.id, tier),
    (changed) => cache.putCustomer(person, changed),
  );
  const name = (tier: number) => (tier === 0 ? t('customer.tierNone') : format.digits(tier));
  if (role === 'agent') {
    return customer.tier === 0 ? null : (
      <p className="customer-since">
        {t('customer.tier')} {name(customer.tier)}
      </p>
    );
  }
  return (
    <NativeSelect
      size="xs"
      className="customer-tier"
      label={t('customer.tier')}
      title={t('customer.tierHint')}
      value={String(set.isPending ? set.variables : customer.tier)}
      onChange={(event) => set.mutate(Number(event.currentTarget.value))}
      data={tiers.map((tier) => ({ value: String(tier), label: name(tier) }))}
    />
  );
}
