import type { Endpoint } from '../../api/phone.js';
import { useMe } from '../../api/queries.js';

/** Where the reader's own phone rings; null where they have none. */
export function useOwnEndpoint(): Endpoint | null {
  return useMe().phone;
}
