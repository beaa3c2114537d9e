import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { readSiteToken, type SiteTokenFault } from './site-token.js';

const now = Date.UTC(2026, 10, 22, 12);
const seconds = now / 1000;
const [old, current] = [
  { kid: 'old', secret: 'the key that a site signed with before' },
  { kid: 'new', secret: 'the key that a site signs with by now!' },
];
const check = { channelId: 'shop', keys: [current, old], issuer: '', now, country: 'IR' };
const good = { sub: '4711', aud: 'shop', iat: seconds, exp: seconds + 300 };

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const mac = (secret: string, text: string, hash = 'sha256'): string =>
  createHmac(hash, secret).update(text).digest('base64url');

function token(claims: object, head: object = { alg: 'HS256', typ: 'JWT' }, secret = current.secret): string {
  const text = `${part(head)}.${part(claims)}`;
  return `${text}.${mac(secret, text)}`;
}

const faultOf = (text: string, by: Partial<typeof check> = {}): SiteTokenFault | null => {
  const reading = readSiteToken(text, { ...check, ...by });
  return reading.ok ? null : reading.fault;
};

describe("a site's token", () => {
  it('says who is signed in there, and of each address whether the site has checked it', () => {
    const told = { name: ' Sara ', email: 'Sara@Example.com', email_verified: true, phone_number: '۰۹۱۲ ۱۲۳ ۴۵۶۷' };
    expect(readSiteToken(token({ ...good, ...told }), check)).toEqual({
      ok: true,
      use: null,
      user: {
        id: '4711',
        name: 'Sara',
        proven: [{ kind: 'email', address: 'sara@example.com' }],
        told: [{ kind: 'phone', address: '+989121234567' }],
      },
    });
  });

  it('names nobody by what is no address, and takes no word for it but true', () => {
    const told = { email: 'nobody', email_verified: 'true', phone_number: '123', phone_number_verified: true, name: 7 };
    const reading = readSiteToken(token({ ...good, ...told }), check);
    expect(reading).toMatchObject({ ok: true, user: { name: '', proven: [], told: [] } });
    const loud = { email: 'a@example.com', email_verified: 'true' };
    expect(readSiteToken(token({ ...good, ...loud }), check)).toMatchObject({
      user: { proven: [], told: [{ kind: 'email', address: 'a@example.com' }] },
    });
  });

  it('may be signed with any key of the channel, and with the one it names only', () => {
    expect(faultOf(token(good, { alg: 'HS256' }, old.secret))).toBeNull();
    expect(faultOf(token(good, { alg: 'HS256', kid: 'old' }, old.secret))).toBeNull();
    expect(faultOf(token(good, { alg: 'HS256', kid: 'new' }, old.secret))).toBe('bad_signature');
    expect(faultOf(token(good, { alg: 'HS256', kid: 'old' }, old.secret), { keys: [current] })).toBe('unknown_key');
    expect(faultOf(token(good), { keys: [] })).toBe('unknown_key');
  });

  it('is never believed by another algorithm than ours, whatever it says of itself', () => {
    const unsigned = `${part({ alg: 'none' })}.${part(good)}.`;
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const text = `${part({ alg: 'RS256' })}.${part(good)}`;
    const signed = `${text}.${sign('sha256', Buffer.from(text), privateKey).toString('base64url')}`;
    const longer = `${part({ alg: 'HS512' })}.${part(good)}`;
    const unlike = [
      unsigned,
      signed,
      `${longer}.${mac(current.secret, longer, 'sha512')}`,
      token(good, { alg: 'hs256' }),
    ];
    expect(unlike.map((one) => faultOf(one))).toEqual(unlike.map(() => 'wrong_algorithm'));
  });

  it('does not hold once a character of it is another', () => {
    const text = token(good);
    for (let at = 0; at < text.length - 1; at += 1) {
      const other = text[at] === 'A' ? 'B' : 'A';
      expect(faultOf(text.slice(0, at) + other + text.slice(at + 1))).not.toBeNull();
    }
    for (const broken of ['', '.', '..', 'a.b.c', `${text}.x`, text.split('.').slice(0, 2).join('.')]) {
      expect(faultOf(broken)).not.toBeNull();
    }
  });

  it('holds for ten minutes at most, whatever it asks for, and forgives clocks that are half a minute apart', () => {
    expect(faultOf(token({ ...good, exp: seconds + 600 }))).toBeNull();
    expect(faultOf(token({ ...good, iat: seconds - 580, exp: seconds + 20 }))).toBeNull();
    expect(faultOf(token({ ...good, exp: seconds + 700 }))).toBe('too_long');
    expect(faultOf(token({ ...good, iat: seconds - 600, exp: seconds + 100 }))).toBe('too_long');
    expect(faultOf(token({ sub: '1', aud: 'shop', exp: seconds + 86_400 }))).toBe('too_long');
    expect(faultOf(token({ ...good, exp: seconds - 29 }))).toBeNull();
    expect(faultOf(token({ ...good, exp: seconds - 30 }))).toBe('expired');
    expect(faultOf(token({ ...good, iat: seconds + 29 }))).toBeNull();
    expect(faultOf(token({ ...good, nbf: seconds + 60 }))).toBe('not_yet');
    expect(faultOf(token({ sub: '1', aud: 'shop' }))).toBe('malformed');
  });

  it('is for one channel and, where that is wished, from one site', () => {
    expect(faultOf(token({ ...good, aud: ['other', 'shop'] }))).toBeNull();
    expect(faultOf(token({ ...good, aud: 'other' }))).toBe('wrong_audience');
    expect(faultOf(token({ sub: '1', iat: seconds, exp: seconds + 60 }))).toBe('wrong_audience');
    expect(faultOf(token(good), { issuer: 'https://shop.example' })).toBe('wrong_issuer');
    expect(faultOf(token({ ...good, iss: 'https://shop.example' }), { issuer: 'https://shop.example' })).toBeNull();
  });

  it('names somebody, and says by which id it is used up', () => {
    expect(faultOf(token({ ...good, sub: '' }))).toBe('malformed');
    expect(readSiteToken(token({ ...good, sub: 4711 }), check)).toMatchObject({ user: { id: '4711' } });
    expect(readSiteToken(token({ ...good, jti: 'once' }), check)).toMatchObject({
      use: { id: 'once', until: new Date(now + 330_000) },
    });
  });
});
