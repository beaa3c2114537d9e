import { Injectable } from '@nestjs/common';
import * as oidc from 'openid-client';
import { HubConfig } from '#config';
import { exchange, ExchangeFailed, type AgentChoice } from '#channels';
import { guardAddresses } from '../../platform/outbound/guard-addresses.js';
import { isLoopback } from './own-address.js';
import { joinClaims, lookUp, readClaims, type Claims, type Person } from './read-claims.js';
import { refusalOf, SignInRefused } from './sign-in-refused.js';

const longestMs = 8_000;
const largestAnswer = 256 * 1024;
const skewSeconds = 30;

/** What the hub has to say to a provider. */
export interface ProviderTerms {
  issuer: string;
  clientId: string;
  /** null: PKCE alone proves who redeems a code. */
  secret: string | null;
}

/** What a sign-in proves itself with when it comes back. */
export interface Proofs {
  state: string;
  nonce: string;
  verifier: string;
}

/**
 * Speaks OpenID Connect with providers: they are asked anew for what they are each time, so a key that they changed is known at once.
 * They may lie in the public internet and in those private networks that OUTBOUND_ALLOW opens; redirects are not followed.
 */
@Injectable()
export class ProviderClient {
  private readonly agentFor: AgentChoice;

  constructor(config: HubConfig) {
    this.agentFor = guardAddresses(config.outboundAllow);
  }

  /** Reads what a provider says of itself. Throws as the library does. */
  async discover({ issuer, clientId, secret }: ProviderTerms): Promise<oidc.Configuration> {
    const url = new URL(issuer);
    const found = await oidc.discovery(url, clientId, { [oidc.clockTolerance]: skewSeconds }, proveClient(secret), {
      [oidc.customFetch]: this.ask,
      timeout: longestMs / 1_000,
      // Signatures are checked although the answer comes straight from the provider: a connection is no proof of who wrote it.
      execute: [oidc.enableNonRepudiationChecks, ...(url.protocol === 'http:' ? [allowPlainHttp] : [])],
    });
    if (new URL(found.serverMetadata().issuer).href !== url.href) {
      throw new SignInRefused('failed', 'issuer_differs');
    }
    return found;
  }

  /** Where a browser is sent to sign in. Throws SignInRefused. */
  async begin(terms: ProviderTerms & { scopes: string[] }, redirectUri: string, proofs: Proofs): Promise<string> {
    try {
      const found = await this.discover(terms);
      const address = oidc.buildAuthorizationUrl(found, {
        redirect_uri: redirectUri,
        scope: terms.scopes.join(' '),
        state: proofs.state,
        nonce: proofs.nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(proofs.verifier),
        code_challenge_method: 'S256',
      });
      return address.href;
    } catch (error) {
      throw refusalOf(error);
    }
  }

  /** Who came back with a code. The library checks everything that they and the provider say. Throws SignInRefused. */
  async redeem(
    terms: ProviderTerms & { groupsClaim: string | null },
    cameBackTo: URL,
    { state, nonce, verifier }: Proofs,
  ): Promise<Person> {
    try {
      const found = await this.discover(terms);
      const tokens = await oidc.authorizationCodeGrant(found, cameBackTo, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      });
      const claims: Claims = tokens.claims() ?? {};
      return readClaims(await this.complete(found, tokens.access_token, claims, terms.groupsClaim), terms.groupsClaim);
    } catch (error) {
      throw refusalOf(error);
    }
  }

  /** One call out: through the address guard, with an end to its time and its size. */
  readonly ask: oidc.CustomFetch = async (address, { method, headers, body }) => {
    const url = new URL(address);
    if (url.protocol !== 'https:' && !isLoopback(url)) {
      throw new ExchangeFailed('plain_http', false);
    }
    const answer = await exchange({
      method,
      url,
      headers,
      ...(body ? { body: bodyOf(body) } : {}),
      timeoutMs: longestMs,
      limitBytes: largestAnswer,
      agentFor: this.agentFor,
    });
    const told = Object.entries(answer.headers).map(([name, value]): [string, string] => [name, String(value)]);
    return new Response(answer.body.length > 0 ? new Uint8Array(answer.body) : null, {
      status: answer.status,
      headers: told,
    });
  };

  /** Some providers keep addresses and groups out of the token, to be asked for apart. What the token says goes before. */
  private async complete(
    found: oidc.Configuration,
    accessToken: string,
    claims: Claims,
    groupsClaim: string | null,
  ): Promise<Claims> {
    const isWhole =
      claims['email'] !== undefined && (groupsClaim === null || lookUp(claims, groupsClaim) !== undefined);
    if (isWhole || found.serverMetadata().userinfo_endpoint === undefined) {
      return claims;
    }
    return joinClaims(claims, await oidc.fetchUserInfo(found, accessToken, String(claims['sub'])));
  }
}

// oxlint-disable-next-line typescript/no-deprecated -- Marked so to be noticed; it is for loopback alone.
const allowPlainHttp = oidc.allowInsecureRequests;

/** As the provider takes it; where it does not say, as the standard has it. */
function proveClient(secret: string | null): oidc.ClientAuth {
  if (secret === null) {
    return oidc.None();
  }
  return (server, ...call) => {
    const ways = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    const prove = ways.includes('client_secret_basic') ? oidc.ClientSecretBasic : oidc.ClientSecretPost;
    prove(secret)(server, ...call);
  };
}

function bodyOf(body: NonNullable<oidc.FetchBody>): string | Uint8Array {
  return typeof body === 'string' || body instanceof Uint8Array ? body : String(body as URLSearchParams);
}
