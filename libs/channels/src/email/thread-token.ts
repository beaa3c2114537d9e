import { createHmac, timingSafeEqual } from 'node:crypto';
import { withTag } from './email-address.js';

/** A mail of ours, as its Message-ID proves it. */
export interface OwnMail {
  messageId: string;
  threadId: string;
}

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';
const idBytes = 16;
const macBytes = 8;
/** What a token looks like: 24 bytes in base32 without padding. Other plus tags are none of ours. */
const tokenShape = /^[a-z2-7]{39}$/;
const uuidShape = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** The left part of our Message-IDs: message, thread and a MAC over both. */
const ownIdShape = /^<m\.([a-z2-7]{26})\.([a-z2-7]{26})\.([a-z2-7]{13})@[^<>@\s]{1,255}>$/iu;

/**
 * The token that a reply address carries, `support+<token>@example.com`: the thread's id and 64 bits of an HMAC over it. Mail
 * systems fold the case of addresses, so it is base32 in lower case. Throws when `threadId` is no lower-case UUID.
 */
export function signThreadToken(threadId: string, key: Uint8Array): string {
  const id = bytesOf(threadId);
  return toBase32(Buffer.concat([id, mac('mail thread', id, key)]));
}

/** The thread a token names, or null when it is not one that we signed. */
export function readThreadToken(token: string, key: Uint8Array): string | null {
  const folded = token.toLowerCase();
  if (!tokenShape.test(folded)) {
    return null;
  }
  const bytes = fromBase32(folded, idBytes + macBytes);
  const id = bytes.subarray(0, idBytes);
  if (!timingSafeEqual(bytes.subarray(idBytes), mac('mail thread', id, key)) || toBase32(bytes) !== folded) {
    return null;
  }
  return uuidOf(id);
}

/**
 * The Message-ID of a mail of ours, `<m.<message>.<thread>.<mac>@domain>`: whoever answers it hands us back in References which
 * thread they mean, even where nothing of that mail is stored any more. It proves the id, not its sender: anybody who was shown a
 * mail knows its id. Throws when an id is no lower-case UUID.
 */
export function signMessageId({ messageId, threadId }: OwnMail, domain: string, key: Uint8Array): string {
  const [message, thread] = [bytesOf(messageId), bytesOf(threadId)];
  const proof = mac('mail id', Buffer.concat([message, thread]), key);
  return `<m.${toBase32(message)}.${toBase32(thread)}.${toBase32(proof)}@${domain}>`;
}

/** What a Message-ID of ours names, or null for one that we did not make. The domain is not looked at: it may have changed since. */
export function readMessageId(mailId: string, key: Uint8Array): OwnMail | null {
  const [, message, thread, proof] = ownIdShape.exec(mailId.trim())?.map((part) => part.toLowerCase()) ?? [];
  if (message === undefined || thread === undefined || proof === undefined) {
    return null;
  }
  const ids = [fromBase32(message, idBytes), fromBase32(thread, idBytes)] as const;
  const expected = mac('mail id', Buffer.concat(ids), key);
  const proven = timingSafeEqual(Buffer.from(proof), Buffer.from(toBase32(expected)));
  return proven && toBase32(ids[0]) === message && toBase32(ids[1]) === thread
    ? { messageId: uuidOf(ids[0]), threadId: uuidOf(ids[1]) }
    : null;
}

/** The address that brings an answer back to its thread. */
export function replyAddress(address: string, token: string): string {
  return withTag(address, token);
}

/** Whether a plus tag has the form of a thread token; whether it is a true one only the key can say. */
export function looksLikeThreadToken(tag: string): boolean {
  return tokenShape.test(tag.toLowerCase());
}

function mac(purpose: 'mail thread' | 'mail id', content: Uint8Array, key: Uint8Array): Buffer {
  return createHmac('sha256', key).update(`peyk ${purpose}\0`).update(content).digest().subarray(0, macBytes);
}

function bytesOf(id: string): Buffer {
  if (!uuidShape.test(id)) {
    throw new TypeError('an id is a UUID in lower case');
  }
  return Buffer.from(id.replaceAll('-', ''), 'hex');
}

function uuidOf(bytes: Buffer): string {
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
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

function fromBase32(text: string, length: number): Buffer {
  const bytes = Buffer.alloc(length);
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
