import type { Transaction } from '../../database/database.js';
import type { SecretKeys } from '../../platform/secret-keys.js';
import { digestOf, forgottenPurpose } from '../../privacy/erasures/forgotten-addresses.js';
import { addressesOf, type PersonRow } from './bring-person.js';
import { erasedTicket } from './bring.query.js';

/** Whoever was erased does not come back by a file: neither by an address, nor by a ticket of theirs that came before. */
export async function isForgotten(
  tx: Transaction,
  keys: SecretKeys,
  people: readonly PersonRow[],
  { id, source }: { id: string; source: string },
): Promise<boolean> {
  const secrets = keys.deriveAll(forgottenPurpose);
  const digests = addressesOf(people).flatMap(({ address }) => secrets.map((secret) => digestOf(address, secret)));
  const found = await tx.query('select 1 from forgotten_address where digest = any ($1::bytea[]) limit 1', [digests]);
  return found.length > 0 || (await tx.query(erasedTicket, [id, source, people.map(({ key }) => key)])).length > 0;
}
