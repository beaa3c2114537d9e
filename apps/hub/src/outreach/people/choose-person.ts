import type { OwnerRow } from './find-people.query.js';

/** An address by which a line names somebody, in its normal form. */
export interface NamedAddress {
  kind: 'external' | 'phone' | 'email';
  address: string;
}

export type PersonFault = 'two_people' | 'shared_address' | 'no_address';

export type ChosenPerson = { root: string } | { fault: PersonFault } | 'nobody';

/**
 * Whom a line of an import means, by those who have its addresses.
 *
 * The organisation's own number of a customer goes before all else. Owned addresses go before what an import said earlier. A line whose
 * addresses lead to two customers is refused: what a file says joins nobody. An address that several people use names nobody by itself.
 */
export function choosePerson(addresses: readonly NamedAddress[], owners: readonly OwnerRow[]): ChosenPerson {
  if (addresses.length === 0) {
    return { fault: 'no_address' };
  }
  const own = owners.filter((owner) =>
    addresses.some(({ kind, address }) => kind === owner.kind && address === owner.address),
  );
  const external = rootsOf(own.filter(({ kind, claimed }) => kind === 'external' && !claimed));
  const claimedExternal = rootsOf(own.filter(({ kind, claimed }) => kind === 'external' && claimed));
  const owned = rootsOf(own.filter(({ claimed, shared }) => !claimed && !shared));
  const claimed = rootsOf(own.filter((owner) => owner.claimed));
  const found = [external, claimedExternal, owned, claimed].find((roots) => roots.length > 0);
  if (found === undefined) {
    return addresses.every((one) => isShared(one, own)) ? { fault: 'shared_address' } : 'nobody';
  }
  const [root] = found;
  return found.length > 1 || root === undefined ? { fault: 'two_people' } : { root };
}

function rootsOf(owners: readonly OwnerRow[]): string[] {
  return [...new Set(owners.map(({ root }) => root))];
}

function isShared({ kind, address }: NamedAddress, owners: readonly OwnerRow[]): boolean {
  return owners.some((owner) => owner.shared && owner.kind === kind && owner.address === address);
}
