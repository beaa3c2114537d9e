import { createCipheriv, createDecipheriv, createHash, randomBytes, scrypt } from 'node:crypto';
import { promisify } from 'node:util';

/** The installation's keys under a passphrase: scrypt makes the key, AES-256-GCM seals. Bytes as base64. */
export interface SealedKeys {
  kdf: 'scrypt';
  cost: number;
  salt: string;
  nonce: string;
  sealed: string;
  tag: string;
}

/** The passphrase is not the one that the keys were sealed with. */
export class WrongPassphrase extends Error {
  readonly code = 'wrong_passphrase';

  constructor() {
    super('The passphrase does not open the keys of this backup.');
    this.name = 'WrongPassphrase';
  }
}

export const leastPassphrase = 12;
/** 128 MB and most of a second on a small server, once for each guess. */
const cost = 2 ** 17;
const algorithm = 'aes-256-gcm';
const stretch = promisify<string, Buffer, number, object, Buffer>(scrypt);

export async function sealKeys(keys: readonly Buffer[], passphrase: string): Promise<SealedKeys> {
  const salt = randomBytes(16);
  const nonce = randomBytes(12);
  const cipher = createCipheriv(algorithm, await keyOf(passphrase, salt, cost), nonce);
  const sealed = Buffer.concat([cipher.update(Buffer.concat(keys)), cipher.final()]);
  const [saltText, nonceText, sealedText, tag] = [salt, nonce, sealed, cipher.getAuthTag()].map((bytes) =>
    bytes.toString('base64'),
  ) as [string, string, string, string];
  return { kdf: 'scrypt', cost, salt: saltText, nonce: nonceText, sealed: sealedText, tag };
}

/** Throws WrongPassphrase. */
export async function openKeys(keys: SealedKeys, passphrase: string): Promise<Buffer[]> {
  const [salt, nonce, sealed, tag] = [keys.salt, keys.nonce, keys.sealed, keys.tag].map((text) =>
    Buffer.from(text, 'base64'),
  ) as [Buffer, Buffer, Buffer, Buffer];
  const decipher = createDecipheriv(algorithm, await keyOf(passphrase, salt, Math.min(keys.cost, cost)), nonce);
  decipher.setAuthTag(tag);
  try {
    const opened = Buffer.concat([decipher.update(sealed), decipher.final()]);
    return Array.from({ length: opened.length / 32 }, (_, at) => opened.subarray(at * 32, at * 32 + 32));
  } catch {
    throw new WrongPassphrase();
  }
}

/** By which a key is known without saying anything about it. */
export function fingerprintOf(key: Buffer): string {
  return createHash('sha256').update('peyk backup key').update(key).digest('hex').slice(0, 16);
}

async function keyOf(passphrase: string, salt: Buffer, N: number): Promise<Buffer> {
  return stretch(passphrase.normalize('NFC'), salt, 32, { N, r: 8, p: 1, maxmem: 256 * N * 8 });
}
