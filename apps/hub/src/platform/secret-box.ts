import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { SecretKeys } from './secret-keys.js';

/** Where a sealed value lives. It opens there and nowhere else, so a row cannot be given another row's secret. */
export interface SealedPlace {
  table: string;
  row: string;
  column: string;
}

/** A sealed value that does not open: moved, altered, or sealed with a key that is not here. */
export class SealBroken extends Error {
  readonly code = 'seal_broken';

  constructor(reason: string) {
    super(reason);
    this.name = 'SealBroken';
  }
}

const version = 1;
const keyIdBytes = 4;
const nonceBytes = 12;
const tagBytes = 16;
const headBytes = 1 + keyIdBytes + nonceBytes;

/**
 * Encrypts what must be kept and must not be readable in a stolen database: AES-256-GCM, a random nonce each time.
 *
 * A sealed value is version, key id, nonce, ciphertext, tag. The first key of the ring seals; all open. Keys are rotated by
 * putting a new one first and sealing again whatever `isCurrent` denies.
 */
@Injectable()
export class SecretBox {
  private readonly ring: { id: Buffer; key: Buffer }[];

  constructor(keys: SecretKeys) {
    this.ring = keys.deriveAll('box').map((key) => ({ id: idOf(key), key }));
  }

  seal(text: string, place: SealedPlace): Buffer {
    const [current] = this.ring;
    if (!current) {
      throw new SealBroken('There is no key to seal with.');
    }
    const nonce = randomBytes(nonceBytes);
    const cipher = createCipheriv('aes-256-gcm', current.key, nonce).setAAD(nameOf(place));
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([Buffer.of(version), current.id, nonce, sealed, cipher.getAuthTag()]);
  }

  /** Throws SealBroken. */
  open(sealed: Uint8Array, place: SealedPlace): string {
    const bytes = Buffer.from(sealed);
    const key = this.ring.find(({ id }) => id.equals(keyIdOf(bytes)))?.key;
    if (bytes[0] !== version || bytes.length < headBytes + tagBytes || !key) {
      throw new SealBroken(
        'This was sealed with a key that is not here. Put the old key behind the new one in SECRET_KEY.',
      );
    }
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(1 + keyIdBytes, headBytes)).setAAD(
      nameOf(place),
    );
    decipher.setAuthTag(bytes.subarray(-tagBytes));
    try {
      return decipher.update(bytes.subarray(headBytes, -tagBytes), undefined, 'utf8') + decipher.final('utf8');
    } catch {
      throw new SealBroken(`What is kept in ${place.table}.${place.column} was altered or moved.`);
    }
  }

  /** Whether this was sealed with the newest key. */
  isCurrent(sealed: Uint8Array): boolean {
    return this.ring[0]?.id.equals(keyIdOf(Buffer.from(sealed))) ?? false;
  }
}

function idOf(key: Buffer): Buffer {
  return createHash('sha256').update('peyk key id').update(key).digest().subarray(0, keyIdBytes);
}

function keyIdOf(sealed: Buffer): Buffer {
  return sealed.subarray(1, 1 + keyIdBytes);
}

/** Unambiguous: JSON keeps the three parts apart whatever is in them. */
function nameOf(place: SealedPlace): Buffer {
  return Buffer.from(JSON.stringify([place.table, place.row, place.column]));
}
