import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { normaliseEmail } from '../email/email-address.js';
import type { Claim } from '../message.js';
import { normalisePhone } from '../phone-number.js';

/** A key that a site signs its visitors' tokens with. A token names it by `kid`, or is tried with each. */
export interface SiteKey {
  kid: string;
  /** At least 32 characters, as the site has it. */
  secret: string;
}

/** An address that a site says is its user's, in normal form. */
export type SiteAddress = Pick<Claim, 'kind' | 'address'>;

/** Who a site says that its visitor is. */
export interface SiteUser {
  /** The site's own id of the user, the token's `sub`. */
  id: string;
  /** '' when the site does not say. */
  name: string;
  /** Addresses that the site has checked itself. */
  proven: SiteAddress[];
  /** Addresses that its user only gave. */
  told: SiteAddress[];
}

/** Why a token proves nothing, in words that a site's developer can act on. */
export type SiteTokenFault =
  | 'malformed'
  | 'wrong_algorithm'
  | 'unknown_key'
  | 'bad_signature'
  | 'expired'
  | 'not_yet'
  | 'too_long'
  | 'wrong_audience'
  | 'wrong_issuer';

export type SiteTokenReading =
  { ok: true; user: SiteUser; use: { id: string; until: Date } | null } | { ok: false; fault: SiteTokenFault };

/** What a token is held against. */
export interface SiteTokenCheck {
  /** The channel that it must be for: its `aud`. */
  channelId: string;
  keys: readonly SiteKey[];
  /** What its `iss` must say; '' when that does not matter. */
  issuer: string;
  /** Milliseconds since 1970. */
  now: number;
  /** The country that a phone number without one belongs to, as ISO 3166 names it. */
  country: string | null;
}

/** The longest that a token may hold, in seconds: it is meant to be made for the page that shows it. */
const longestSeconds = 600;
/** How far the clocks of site and hub may be apart, in seconds. */
const skewSeconds = 30;

const header = z.object({ alg: z.string(), kid: z.string().max(100).optional() });

const text = z.string().max(200).catch('');

const claims = z.object({
  sub: z.union([z.string().min(1).max(200), z.int().transform(String)]),
  aud: z.union([z.string(), z.array(z.string())]).optional(),
  iss: z.string().optional(),
  exp: z.number(),
  iat: z.number().optional(),
  nbf: z.number().optional(),
  jti: z.string().min(1).max(200).optional(),
  name: text,
  email: text,
  email_verified: z.boolean().catch(false),
  phone_number: text,
  phone_number_verified: z.boolean().catch(false),
});

type Claims = z.output<typeof claims>;

/**
 * Reads a site's short word about who is signed in there: a JWT (RFC 7519) signed with HS256 and one of the channel's keys, for this
 * channel, of at most ten minutes. Names of claims are those of OpenID Connect. Nothing of it counts before its signature does, and no
 * other algorithm is ever tried, whatever its header asks for.
 */
export function readSiteToken(token: string, check: SiteTokenCheck): SiteTokenReading {
  const [head = '', body = '', signature = '', ...more] = token.split('.');
  const named = more.length === 0 ? parsePart(header, head) : null;
  const unsigned = named ? faultOfSignature(named, `${head}.${body}`, signature, check.keys) : 'malformed';
  return unsigned ? { ok: false, fault: unsigned } : readClaims(parsePart(claims, body), check);
}

function readClaims(said: Claims | null, check: SiteTokenCheck): SiteTokenReading {
  const fault = said ? faultOf(said, check) : 'malformed';
  if (!said || fault) {
    return { ok: false, fault: fault ?? 'malformed' };
  }
  const ends = new Date((said.exp + skewSeconds) * 1000);
  return {
    ok: true,
    user: userOf(said, check.country),
    use: said.jti === undefined ? null : { id: said.jti, until: ends },
  };
}

function faultOfSignature(
  { alg, kid }: z.output<typeof header>,
  signed: string,
  signature: string,
  keys: readonly SiteKey[],
): SiteTokenFault | null {
  if (alg !== 'HS256') {
    return 'wrong_algorithm';
  }
  const fitting = keys.filter((key) => kid === undefined || key.kid === kid);
  if (fitting.length === 0) {
    return 'unknown_key';
  }
  return fitting.some(({ secret }) => isSignedWith(secret, signed, signature)) ? null : 'bad_signature';
}

function faultOf({ aud, iss, ...times }: Claims, { channelId, issuer, now }: SiteTokenCheck): SiteTokenFault | null {
  if (![aud].flat().includes(channelId)) {
    return 'wrong_audience';
  }
  return issuer !== '' && iss !== issuer ? 'wrong_issuer' : faultOfTimes(times, now / 1000);
}

function faultOfTimes({ exp, iat, nbf }: Pick<Claims, 'exp' | 'iat' | 'nbf'>, now: number): SiteTokenFault | null {
  if (exp + skewSeconds <= now) {
    return 'expired';
  }
  if (Math.max(iat ?? 0, nbf ?? 0) > now + skewSeconds) {
    return 'not_yet';
  }
  return exp - Math.min(iat ?? now, now) > longestSeconds + skewSeconds ? 'too_long' : null;
}

function userOf(said: Claims, country: string | null): SiteUser {
  const number = normalisePhone(said.phone_number, country);
  const email = normaliseEmail(said.email);
  const phone = number?.kind === 'phone' ? number.e164 : null;
  const given = [
    { kind: 'email' as const, address: email, isProven: said.email_verified },
    { kind: 'phone' as const, address: phone, isProven: said.phone_number_verified },
  ];
  const listed = (isProven: boolean): SiteAddress[] =>
    given.flatMap(({ kind, address, ...one }) => (address && one.isProven === isProven ? [{ kind, address }] : []));
  return {
    id: said.sub,
    name: said.name.toWellFormed().trim().slice(0, 100),
    proven: listed(true),
    told: listed(false),
  };
}

function isSignedWith(secret: string, signed: string, signature: string): boolean {
  const made = createHmac('sha256', secret).update(signed).digest();
  const given = Buffer.from(signature, 'base64url');
  return made.length === given.length && timingSafeEqual(made, given);
}

function parsePart<T>(schema: z.ZodType<T>, part: string): T | null {
  try {
    return schema.parse(JSON.parse(Buffer.from(part, 'base64url').toString('utf8')));
  } catch {
    return null;
  }
}
