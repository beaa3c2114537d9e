import { Injectable } from '@nestjs/common';
import * as oidc from 'openid-client';
import type { SignInCheckView } from '#contract';
import { Database } from '../../database/database.js';
import { SecretBox } from '../../platform/secret-box.js';
import { backTo } from './own-address.js';
import { ProviderClient, type ProviderTerms } from './provider-client.service.js';
import { secretPlace } from './provider-rows.query.js';
import { readIssuer } from './read-provider.js';
import { codeOf } from './sign-in-refused.js';
import type { SignInCheckDto } from './sign-in-settings.dto.js';

type Step = SignInCheckView['steps'][number];
/** A look at one thing: what was found, or an error. */
type Look = () => string | Promise<string>;

/** What the provider says of a client whose secret is wrong, or that it does not know. */
const unknownClient = new Set(['invalid_client', 'unauthorized_client']);

/** What a provider does not have, by a code. */
class Lacking extends Error {
  constructor(readonly code: string) {
    super(`The provider lacks something (${code}).`);
    this.name = 'Lacking';
  }
}

/** Looks at a provider as a sign-in would, step by step, and says what was found. Nobody is signed in by it. */
@Injectable()
export class ProviderCheck {
  constructor(
    private readonly database: Database,
    private readonly box: SecretBox,
    private readonly client: ProviderClient,
  ) {}

  async look(id: string, wish: SignInCheckDto, address: string | null): Promise<SignInCheckView> {
    const issuer = readIssuer(wish.issuer);
    const secret = wish.clientSecret || (await this.storedSecret(id, issuer));
    const terms = { issuer, clientId: wish.clientId.trim(), secret };
    const found = await this.discover(terms);
    if (Array.isArray(found)) {
      return { ok: false, steps: found };
    }
    const server = found.serverMetadata();
    const steps = [
      passed('discovery', issuer),
      passed('issuer', server.issuer),
      await take('endpoints', () => describeEndpoints(server)),
      await take('keys', () => this.readKeys(server)),
      await take('client', () => proveClient(found, backTo(address ?? 'http://localhost', id))),
    ];
    return { ok: steps.every(({ ok }) => ok), steps };
  }

  /** The steps that did not lead on, where they did not. */
  private async discover(terms: ProviderTerms): Promise<oidc.Configuration | Step[]> {
    try {
      return await this.client.discover(terms);
    } catch (error) {
      const other = otherIssuer(error);
      return other === null
        ? [failed('discovery', codeOf(error))]
        : [passed('discovery', terms.issuer), failed('issuer', other)];
    }
  }

  private async readKeys({ jwks_uri: address }: oidc.ServerMetadata): Promise<string> {
    const answer = await this.client.ask(address ?? '', { method: 'GET', headers: {}, body: null, redirect: 'manual' });
    const { keys } = (await answer.json()) as { keys: { kty: string; alg?: string; use?: string }[] };
    const signing = keys.filter(({ use }) => use !== 'enc');
    if (signing.length === 0) {
      throw new Lacking('no_keys');
    }
    return signing.map(({ alg, kty }) => alg ?? kty).join(', ');
  }

  /** A stored secret is tried where it was given for and nowhere else. */
  private async storedSecret(id: string, issuer: string): Promise<string | null> {
    const [row] = await this.database.query<{ secret: Buffer | null }>(
      'select secret from sign_in_provider where id = $1 and issuer = $2',
      [id, issuer],
    );
    return row?.secret ? this.box.open(row.secret, secretPlace(id)) : null;
  }
}

function describeEndpoints(server: oidc.ServerMetadata): string {
  const missing = (['authorization_endpoint', 'token_endpoint', 'jwks_uri'] as const).find((name) => !server[name]);
  const challenges = server.code_challenge_methods_supported;
  if (missing !== undefined || (challenges && !challenges.includes('S256'))) {
    throw new Lacking(missing ?? 'no S256');
  }
  return server.authorization_endpoint ?? '';
}

/** Offers a code that nobody gave: whoever is refused for the code was taken as the client. */
async function proveClient(found: oidc.Configuration, redirectUri: string): Promise<string> {
  const none = { code: 'peyk-looks-whether-it-is-known', redirect_uri: redirectUri, code_verifier: 'x'.repeat(43) };
  const error: unknown = await oidc
    .genericGrantRequest(found, 'authorization_code', none)
    .catch((refusal: unknown) => refusal);
  const isKnown = error instanceof oidc.ResponseBodyError && !unknownClient.has(error.error);
  if (!isKnown) {
    throw error instanceof oidc.WWWAuthenticateChallengeError ? new Lacking('invalid_client') : error;
  }
  return found.clientMetadata().client_id;
}

/** The issuer that the documents name, where it is another one. */
function otherIssuer(error: unknown): string | null {
  const { cause, detail } = error as { cause?: { body?: { issuer?: unknown } }; detail?: unknown };
  const named = cause?.body?.issuer;
  return typeof named === 'string' ? named.slice(0, 500) : detail === 'issuer_differs' ? '' : null;
}

async function take(step: Step['step'], look: Look): Promise<Step> {
  try {
    return passed(step, await look());
  } catch (error) {
    return failed(step, codeOf(error));
  }
}

function passed(step: Step['step'], detail: string): Step {
  return { step, ok: true, detail };
}

function failed(step: Step['step'], detail: string): Step {
  return { step, ok: false, detail };
}
