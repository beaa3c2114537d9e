import type { CustomerView } from '#contract';

/** Somebody who was merged into a customer, with what they are reached by. */
export interface MergedPerson {
  customer: string;
  /** What they were called; empty where that is only an address. */
  name: string;
  addresses: string[];
  /** Since when. */
  at: string;
}

/** Who was merged into this customer, the latest first, whether or not an address is left of them. */
export function listMerged({ merged, identities }: Pick<CustomerView, 'merged' | 'identities'>): MergedPerson[] {
  return merged.map(({ id, name, at }) => {
    const addresses = identities.filter(({ customerId }) => customerId === id).map(({ address }) => address);
    return { customer: id, name: addresses.includes(name) ? '' : name, addresses, at };
  });
}

/** What to call them where one line must do. */
export function calledBy({ name, addresses }: Pick<MergedPerson, 'name' | 'addresses'>): string {
  return [name, ...addresses].filter((one) => one !== '').join(', ');
}
