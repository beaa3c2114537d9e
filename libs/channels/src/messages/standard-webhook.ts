import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import { ForgedWebhook } from '../channel-adapter.js';
import { isSameSignature } from '../wire/same-secret.js';

/** The three headers of Standard Webhooks. The timestamp is in whole seconds since 1970. */
export interface WebhookProof {
  id: string;
  timestamp: string;
  signature: string;
}

const toleranceSeconds = 5 * 60;

/** The signature of a body under one secret, as it stands in the header. */
export function signWebhook(
  secret: string,
  { id, timestamp }: Omit<WebhookProof, 'signature'>,
  body: Uint8Array,
): string {
  const mac = createHmac('sha256', keyOf(secret)).update(`${id}.${timestamp}.`).update(body).digest('base64');
  return `v1,${mac}`;
}

/** Refuses a body that none of the secrets signed, or that was signed more than five minutes away from `now`. */
export function checkWebhook(
  secrets: (string | undefined)[],
  { id, timestamp, signature }: WebhookProof,
  { body, now }: { body: Uint8Array; now: Date },
): void {
  const age = Math.abs(now.getTime() / 1000 - Number(timestamp));
  if (id === '' || !/^\d{1,12}$/.test(timestamp) || age > toleranceSeconds) {
    throw new ForgedWebhook('The webhook’s id or time is missing or too far from now.');
  }
  // While secrets are rotated a sender may give several signatures, separated by spaces.
  const given = signature.split(' ').slice(0, 10);
  const expected = secrets.flatMap((secret) =>
    secret === undefined ? [] : [signWebhook(secret, { id, timestamp }, body)],
  );
  if (!given.some((one) => expected.some((right) => isSameSignature(one, right)))) {
    throw new ForgedWebhook('The signature is wrong.');
  }
}

/** Node makes a key of raw bytes anew for every signature, which costs more than signing; there are as many keys as channels. */
const keys = new Map<string, KeyObject>();

function keyOf(secret: string): KeyObject {
  const known = keys.get(secret);
  if (known) {
    return known;
  }
  const bytes = secret.startsWith('whsec_')
    ? Buffer.from(secret.slice('whsec_'.length), 'base64')
    : Buffer.from(secret);
  const key = createSecretKey(bytes);
  keys.set(secret, key);
  return key;
}
