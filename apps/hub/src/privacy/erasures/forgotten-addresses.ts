import { createHmac } from 'node:crypto';

/** What an address is remembered by once its owner is forgotten: nobody can tell it from this without the installation's key. */
export function digestOf(address: string, key: Uint8Array): Buffer {
  return createHmac('sha256', key).update(address).digest();
}

export const forgottenPurpose = 'forgotten addresses';
