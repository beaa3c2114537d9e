import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { SecretKeys } from '../../platform/secret-keys.js';

/** A browser that chats. Its id is an address of kind `web`: known to the hub only once it has written. */
export interface Visitor {
  visitorId: string;
  channelId: string;
}

const lifeMs = 180 * 24 * 3_600_000;

const claims = z.object({ v: z.uuid(), c: z.uuid(), t: z.int() });

/**
 * A visitor's token is signed and nothing of it is stored: most visitors never write, and a row for each would be a way to fill the
 * database from outside. It opens one conversation that begins with its own first message, so there is nothing to take back from it but
 * that conversation; replacing SECRET_KEY ends all tokens that were made under the old one once it is off the ring. It travels in a
 * header or a handshake, never in an address.
 */
@Injectable()
export class VisitorTokens {
  constructor(private readonly keys: SecretKeys) {}

  /** A new visitor's token; or with `visitorId` a fresh one for a visitor whose old one was checked. */
  issue(channelId: string, visitorId: string = randomUUID(), now: number = Date.now()): string {
    const text = Buffer.from(JSON.stringify({ v: visitorId, c: channelId, t: now })).toString('base64url');
    return `${text}.${sign(this.keys.derive(purpose), text).toString('base64url')}`;
  }

  /** Whose token it is; null when it is not ours, of another channel, or too old. */
  read(token: string, channelId: string, now: number = Date.now()): Visitor | null {
    const [text = '', signature = '', ...more] = token.split('.');
    const given = Buffer.from(signature, 'base64url');
    const isOurs = this.keys.deriveAll(purpose).some((key) => isSame(sign(key, text), given));
    if (!isOurs || more.length > 0) {
      return null;
    }
    const { v, c, t } = claims.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
    return c === channelId && t > now - lifeMs ? { visitorId: v, channelId: c } : null;
  }
}

const purpose = 'visitor tokens';

function sign(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function isSame(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
