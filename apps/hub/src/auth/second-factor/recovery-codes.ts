import { createHmac, randomInt } from 'node:crypto';

/** Signs that nobody takes for one another in handwriting. */
const signs = 'abcdefghjkmnpqrstuvwxyz23456789';
const [count, half] = [10, 5];

/** Ten codes like `k7m2p-x9q4w`: some fifty bits each, and the hub lets nobody guess for long. */
export function newRecoveryCodes(): string[] {
  const sign = () => signs.charAt(randomInt(signs.length));
  const part = () => Array.from({ length: half }, sign).join('');
  return Array.from({ length: count }, () => `${part()}-${part()}`);
}

/** What is kept of a code: keyed, because one could try fifty bits against a stolen database. Case, blanks and dashes do not matter. */
export function hashRecoveryCode(key: Buffer, agentId: string, code: string): Buffer {
  const folded = code.toLowerCase().replace(/[\s-]/g, '');
  return createHmac('sha256', key).update(`${agentId} ${folded}`).digest();
}
