import { statSync } from 'node:fs';
import { join } from 'node:path';

/** What waits in the hub's spool for its database. */
export function spooledBytes(folder: string): number {
  return statSync(join(folder, 'data/spool/inbound.spool'), { throwIfNoEntry: false })?.size ?? 0;
}
