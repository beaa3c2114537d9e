import type { CustomerView } from '#contract';

/** Somebody who was merged into a customer, by what they are reached by. */
export interface MergedPerson {
  customer: string;
  addresses: string[];
}

/** Who was merged into this customer: those whose addresses they have. In the order of their addresses. */
export function listMerged({ id, identities }: Pick<CustomerView, 'id' | 'identities'>): MergedPerson[] {
  const merged = new Map<string, string[]>();
  for (const { customerId, address } of identities.filter((one) => one.customerId !== id)) {
    merged.set(customerId, [...(merged.get(customerId) ?? []), address]);
  }
  return [...merged].map(([customer, addresses]) => ({ customer, addresses }));
}
