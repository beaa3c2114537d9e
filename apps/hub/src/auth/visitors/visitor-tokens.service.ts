import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { SiteUser } from '#channels';
import { SecretKeys } from '../../platform/secret-keys.js';

/** A browser that chats. Its id is an address of kind `web`: known to the hub only once it has written. */
export interface Visitor {
  visitorId: string;
  channelId: string;
  /** Who the site says that they are; null for somebody whom nobody vouches for. */
  site: SiteUser | null;
  /** The browser, which stays the same when somebody else signs in there. */
  device: string;
}

/** The most characters of a token; what a site says of its user is in it. */
export const longestToken = 4_000;

const lifeMs = 180 * 24 * 3_600_000;
/** The site says again who is there whenever a page of it loads, so its word need not outlive a day. */
const signedInLifeMs = 24 * 3_600_000;

const address = z.object({ kind: z.enum(['email', 'phone', 'telegram', 'external']), address: z.string() });
const siteUser = z.object({ id: z.string(), name: z.string(), proven: z.array(address), told: z.array(address) });
const claims = z.object({ v: z.uuid(), c: z.uuid(), t: z.int(), s: siteUser.optional(), d: z.uuid().optional() });

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
    return this.issueAs({ visitorId, channelId, site: null, device: visitorId }, now);
  }

  /** The token of this visitor at this browser, signed in or not. */
  issueAs({ visitorId, channelId, site, device }: Visitor, now: number = Date.now()): string {
    const said = {
      v: visitorId,
      c: channelId,
      t: now,
      s: site ?? undefined,
      d: device === visitorId ? undefined : device,
    };
    const text = Buffer.from(JSON.stringify(said)).toString('base64url');
    return `${text}.${mac(this.keys.derive(purpose), text).toString('base64url')}`;
  }

  /** Whose token it is; null when it is not ours, of another channel, or too old. */
  read(token: string, channelId: string, now: number = Date.now()): Visitor | null {
    const [text = '', signature = '', ...more] = token.split('.');
    const given = Buffer.from(signature, 'base64url');
    const isOurs = this.keys.deriveAll(purpose).some((key) => isSame(mac(key, text), given));
    if (!isOurs || more.length > 0) {
      return null;
    }
    return visitorOf(claims.parse(JSON.parse(Buffer.from(text, 'base64url').toString())), channelId, now);
  }
}

function visitorOf({ v, c, t, s, d }: z.output<typeof claims>, channelId: string, now: number): Visitor | null {
  const isYoung = t > now - (s ? signedInLifeMs : lifeMs);
  return c === channelId && isYoung ? { visitorId: v, channelId: c, site: s ?? null, device: d ?? v } : null;
}

const purpose = 'visitor tokens';

function mac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function isSame(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
