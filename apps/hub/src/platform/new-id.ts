import { randomFillSync } from 'node:crypto';
import { v7 } from 'uuid';

const bytesOfOne = 16;
const drawn = new Uint8Array(bytesOfOne * 256);
let used = drawn.length;

/**
 * A new id for a row that every message brings: UUID version 7, in the order of milliseconds. Chance is asked of the system for
 * many ids at once, since asking costs more than all the rest.
 */
export function newId(): string {
  if (used === drawn.length) {
    randomFillSync(drawn);
    used = 0;
  }
  const random = drawn.subarray(used, used + bytesOfOne);
  used += bytesOfOne;
  return v7({ random });
}
