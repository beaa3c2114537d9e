import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify } from 'node:crypto';
import { listenOnLoopback, type LoopbackRequest } from './loopback-server.js';

/** A push as the browser reads it. */
export interface ReceivedPush {
  headers: Record<string, string>;
  /** What the sender claims, once its signature was checked. */
  claims: { aud: string; exp: number; sub: string };
  payload: Record<string, unknown>;
}

/** A browser that signed up: what it gives to whoever may wake it, and what it was woken with. */
export interface PushBrowser {
  subscription: { endpoint: string; keys: { p256dh: string; auth: string } };
  pushes: ReceivedPush[];
  /** What the service answers for it from now on. */
  answer: { status: number; headers?: Record<string, string>; after?: Promise<void> };
}

export interface PushService {
  origin: string;
  /** A browser subscribes for a sender's public key. */
  subscribe(applicationServerKey: string): PushBrowser;
  close(): Promise<void>;
}

interface Subscriber extends PushBrowser {
  senderKey: string;
  open: (body: Buffer) => Buffer;
}

/**
 * A push service and its browsers on loopback, written from RFC 8030, 8188, 8291 and 8292: it refuses what is not signed by the key that the
 * browser subscribed for, and decrypts what comes as the browser would.
 */
export async function startPushService(port = 0): Promise<PushService> {
  const browsers = new Map<string, Subscriber>();
  const server = await listenOnLoopback(async (request) => {
    const browser = browsers.get(request.path);
    if (!browser) {
      return { status: 404 };
    }
    await browser.answer.after;
    if (browser.answer.status >= 300) {
      return browser.answer;
    }
    const claims = readClaims(request, browser.senderKey);
    if (!claims || !request.headers['ttl'] || request.headers['content-encoding'] !== 'aes128gcm') {
      return { status: claims ? 400 : 403 };
    }
    const payload = JSON.parse(browser.open(request.body).toString()) as Record<string, unknown>;
    browser.pushes.push({ headers: request.headers, claims, payload });
    return browser.answer;
  }, port);
  return {
    origin: server.url,
    subscribe: (senderKey) => {
      const browser = createBrowser(server.url, senderKey);
      browsers.set(new URL(browser.subscription.endpoint).pathname, browser);
      return browser;
    },
    close: () => server.close(),
  };
}

function createBrowser(origin: string, senderKey: string): Subscriber {
  const pair = createECDH('prime256v1');
  const p256dh = pair.generateKeys('base64url');
  const auth = randomBytes(16);
  return {
    senderKey,
    subscription: {
      endpoint: `${origin}/push/${randomBytes(24).toString('base64url')}`,
      keys: { p256dh, auth: auth.toString('base64url') },
    },
    pushes: [],
    answer: { status: 201 },
    open: (body) => decrypt(body, pair, auth),
  };
}

/** `vapid t=<JWT>, k=<public key>`; null where it is not the sender's. */
function readClaims({ headers }: LoopbackRequest, senderKey: string): ReceivedPush['claims'] | null {
  const [, token = '', key = ''] = /^vapid t=([\w.-]+),\s*k=([\w-]+)$/.exec(headers['authorization'] ?? '') ?? [];
  const [head = '', claims = '', signature = ''] = token.split('.');
  if (key !== senderKey) {
    return null;
  }
  const point = Buffer.from(key, 'base64url');
  const jwk = {
    kty: 'EC',
    crv: 'P-256',
    x: point.subarray(1, 33).toString('base64url'),
    y: point.subarray(33).toString('base64url'),
  };
  const isTheirs = verify(
    'sha256',
    Buffer.from(`${head}.${claims}`),
    { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  );
  return isTheirs ? (JSON.parse(Buffer.from(claims, 'base64url').toString()) as ReceivedPush['claims']) : null;
}

/** One record of aes128gcm: salt, record size, the sender's key, ciphertext, tag. */
function decrypt(body: Buffer, pair: ReturnType<typeof createECDH>, auth: Buffer): Buffer {
  const salt = body.subarray(0, 16);
  const keyLength = body.readUInt8(20);
  const sender = body.subarray(21, 21 + keyLength);
  const sealed = body.subarray(21 + keyLength);
  const shared = pair.computeSecret(sender);
  const both = Buffer.concat([Buffer.from('WebPush: info\0'), pair.getPublicKey(), sender]);
  const secret = Buffer.from(hkdfSync('sha256', shared, auth, both, 32));
  const contentKey = Buffer.from(hkdfSync('sha256', secret, salt, 'Content-Encoding: aes128gcm\0', 16));
  const nonce = Buffer.from(hkdfSync('sha256', secret, salt, 'Content-Encoding: nonce\0', 12));
  const cipher = createDecipheriv('aes-128-gcm', contentKey, nonce).setAuthTag(sealed.subarray(-16));
  const padded = Buffer.concat([cipher.update(sealed.subarray(0, -16)), cipher.final()]);
  // What follows the last 2 is padding.
  return padded.subarray(0, padded.lastIndexOf(2));
}
