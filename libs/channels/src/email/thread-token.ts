import { createHmac, timingSafeEqual } from 'node:crypto';
import { withTag } from './email-address.js';

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';
const idBytes = 16;
const macBytes = 8;
/** What a token looks like: 24 bytes in base32 without padding. Other plus tags are none of ours. */
const tokenShape = /^[a-z2-7]{39}$/;
const uuidShape = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * The token that a reply address carries, `support+<token>@example.com`: the thread's id and 64 bits of an HMAC over it. Mail
 * systems fold the case of addresses, so it is base32 in lower case. Throws when `threadId` is no lower-case UUID.
 */
export function signThreadToken(threadId: string, key: Uint8Array): string {
  if (!uuidShape.test(threadId)) {
    throw new TypeError('a thread id is a UUID in lower case');
  }
  const id = Buffer.from(threadId.replaceAll('-', ''), 'hex');
  return toBase32(Buffer.concat([id, mac(id, key)]));
}

/** The thread a token names, or null when it is not one that we signed. */
export function readThreadToken(token: string, key: Uint8Array): string | null {
  const folded = token.toLowerCase();
  if (!tokenShape.test(folded)) {
    return null;
  }
  const bytes = fromBase32(folded);
  const id = bytes.subarray(0, idBytes);
  if (!timingSafeEqual(bytes.subarray(idBytes), mac(id, key)) || toBase32(bytes) !== folded) {
    return null;
  }
  return id.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** The address that brings an answer back to its thread. */
export function replyAddress(address: string, token: string): string {
  return withTag(address, token);
}

/** Whether a plus tag has the form of a thread token; whether it is a true one only the key can say. */
export function looksLikeThreadToken(tag: string): boolean {
  return tokenShape.test(tag.toLowerCase());
}

function mac(id: Uint8Array, key: Uint8Array): Buffer {
  return createHmac('sha256', key).update('peyk mail thread\0').update(id).digest().subarray(0, macBytes);
}

function toBase32(bytes: Uint8Array): string {
  let text = '';
  let pending = 0;
  let bits = 0;
  for (const byte of bytes) {
    pending = (pending << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += alphabet[(pending >> bits) & 31] ?? '';
    }
    pending &= (1 << bits) - 1;
  }
  return bits > 0 ? text + (alphabet[(pending << (5 - bits)) & 31] ?? '') : text;
}

function fromBase32(text: string): Buffer {
  const bytes = Buffer.alloc(idBytes + macBytes);
  let pending = 0;
  let bits = 0;
  let at = 0;
  for (const letter of text) {
    pending = ((pending << 5) | alphabet.indexOf(letter)) & 0xfff;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes[at] = (pending >> bits) & 0xff;
      at += 1;
    }
  }
  return bytes;
}
