import { createHmac, generateKeyPairSync, randomUUID, sign, type KeyObject } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider, type Context } from 'oidc-provider';
import { createMemoryAdapter } from 'oidc-provider/lib/adapters/memory_adapter.js';

/** Somebody whom the provider knows. */
export interface Known {
  email?: string;
  email_verified?: boolean;
  name?: string;
  groups?: string[];
  /** How they proved themselves there. */
  amr?: string[];
}

/** What a token says and how it is signed, for a test to falsify. */
export interface Token {
  header: Record<string, unknown>;
  payload: Record<string, unknown>;
  signature: string;
}

/** A real provider of OpenID Connect on this machine, and the people it knows. */
export interface TestProvider {
  issuer: string;
  client: { id: string; secret: string };
  people: Record<string, Known>;
  /** Who signs in without being asked; null: a page asks. */
  person: string | null;
  /** Puts another token in place of the one that it gives out. */
  forge: ((token: Token) => Token) | null;
  /** Signs with another key from now on, and names no other. */
  rotate(): void;
  signedBy(key: KeyObject, token: Omit<Token, 'signature'>): Token;
  /** Signs again with the key that it has now. */
  resign(token: Omit<Token, 'signature'>): Token;
  stop(): Promise<void>;
  start(): Promise<void>;
}

const secret = 'a secret that two know';

/** `redirectUris` are where it may lead back to: anything else it refuses, as every provider does. */
export async function startProvider(redirectUris: () => string[]): Promise<TestProvider> {
  let handle: (request: IncomingMessage, response: ServerResponse) => void = () => undefined;
  let key = newKey();
  let port = 0;
  let server = createServer();
  const self: TestProvider = {
    issuer: '',
    client: { id: 'peyk', secret },
    people: {},
    person: null,
    forge: null,
    rotate: () => {
      key = newKey();
      handle = serve(self, key, redirectUris());
    },
    signedBy,
    resign: (token) => signedBy(key, token),
    start: async () => {
      server = createServer((request, response) => handle(request, response));
      await new Promise<void>((resolve) => void server.listen(port, '127.0.0.1', resolve));
      ({ port } = server.address() as AddressInfo);
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  await self.start();
  self.issuer = `http://127.0.0.1:${String(port)}`;
  return self;
}

function newKey(): KeyObject {
  return generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
}

function serve(
  self: TestProvider,
  key: KeyObject,
  redirectUris: string[],
): (request: IncomingMessage, response: ServerResponse) => void {
  const provider = new Provider(self.issuer, configure(self, key, redirectUris));
  provider.use(async (context, next) => {
    await next();
    const body = context.body as { id_token?: string } | undefined;
    if (context.path === '/token' && self.forge && body?.id_token) {
      body.id_token = write(self.forge(read(body.id_token)));
    }
  });
  const answer = provider.callback();
  return (request, response) => {
    if (request.url?.startsWith('/interaction/')) {
      interact(self, provider, request, response);
    } else {
      answer(request, response);
    }
  };
}

function configure(self: TestProvider, key: KeyObject, redirectUris: string[]): object {
  const jwk = key.export({ format: 'jwk' });
  return {
    adapter: createMemoryAdapter(),
    clients: [{ client_id: self.client.id, client_secret: self.client.secret, redirect_uris: redirectUris }],
    jwks: { keys: [{ ...jwk, kid: randomUUID(), alg: 'RS256', use: 'sig' }] },
    cookies: { keys: ['for a test'] },
    claims: {
      openid: ['sub', 'amr'],
      email: ['email', 'email_verified'],
      profile: ['name'],
      groups: ['groups'],
    },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_: Context, { uid }: { uid: string }) => `/interaction/${uid}` },
    findAccount: (_: Context, accountId: string) => ({
      accountId,
      claims: () => ({ sub: accountId, ...self.people[accountId] }),
    }),
    loadExistingGrant: async ({ oidc: { client, session, provider } }: Context) => {
      const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
      grant.addOIDCScope('openid email profile groups');
      await grant.save();
      return grant;
    },
    ttl: { AccessToken: 60, AuthorizationCode: 60, IdToken: 60, Grant: 60, Interaction: 60, Session: 60 },
  };
}

/** The provider's own page: whoever presses the button of a name is that person. */
function interact(self: TestProvider, provider: Provider, request: IncomingMessage, response: ServerResponse): void {
  const chosen = self.person ?? new URL(request.url ?? '', self.issuer).searchParams.get('as');
  if (chosen === null) {
    const names = Object.keys(self.people).map((name) => `<button name="as" value="${name}">${name}</button>`);
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(
      `<!doctype html><html lang="en"><title>Provider</title><h1>Who are you?</h1><form>${names.join('')}</form>`,
    );
    return;
  }
  const login = { accountId: chosen, amr: self.people[chosen]?.amr ?? ['pwd'], remember: false };
  const result = chosen === 'nobody' ? { error: 'access_denied' } : { login };
  provider.interactionFinished(request, response, result).catch((error: unknown) => {
    response.statusCode = 500;
    response.end(String(error));
  });
}

const decode = (part: string | undefined) =>
  JSON.parse(Buffer.from(part ?? '', 'base64url').toString()) as Record<string, unknown>;
const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');

function read(token: string): Token {
  const [header, payload, signature = ''] = token.split('.');
  return { header: decode(header), payload: decode(payload), signature };
}

function write({ header, payload, signature }: Token): string {
  return `${encode(header)}.${encode(payload)}.${signature}`;
}

function signedBy(key: KeyObject, { header, payload }: Omit<Token, 'signature'>): Token {
  const text = `${encode(header)}.${encode(payload)}`;
  const signature =
    key.type === 'secret'
      ? createHmac('sha256', key).update(text).digest('base64url')
      : sign('sha256', Buffer.from(text), key).toString('base64url');
  return { header, payload, signature };
}
