import { ChannelError } from '../channel-adapter.js';
import { errorOfRefusedAddress, refusedAddress } from '../wire/sending-errors.js';
import { type AgentChoice, exchange, type ExchangeAnswer, ExchangeFailed } from '../wire/http-exchange.js';

/** What an account was permitted by its provider, and where access is asked for with it. */
export interface OAuthGrant {
  tokenUrl: string;
  clientId: string;
  clientSecret: string;
  refreshToken: string;
}

interface Held {
  grant: OAuthGrant;
  /** The newest refresh token: some providers hand out another one each time. */
  refreshToken: string;
  token: string;
  /** Milliseconds of the Unix epoch. */
  validUntil: number;
  /** When the newest refresh token is to be stored once more, because it could not be so far; null when it is. */
  keepAgainAt: number | null;
}

const answerMs = 15_000;
const longestAnswer = 64 * 1024;
/** A token is renewed this long before it ends, so that it does not end on the way to the server. */
const marginMs = 60_000;
const shortestLifeMs = 30_000;
/** How soon a token that could not be stored is offered again. */
const keepAgainMs = 60_000;
/** What only signing in again, or other settings, can mend (RFC 6749 and what Microsoft adds to it). */
const forAdmin = new Set([
  'invalid_grant',
  'invalid_client',
  'unauthorized_client',
  'interaction_required',
  'consent_required',
]);

/** Access tokens of accounts that sign in with OAuth 2, one for each, renewed when they are about to end. */
export class AccessTokens {
  private readonly held = new Map<string, Held>();
  private readonly asking = new Map<string, Promise<Held>>();

  /** `onReplaced` is told of a refresh token that took the place of another, before anything is done with the access it came with. */
  constructor(
    private readonly agentFor: AgentChoice | undefined,
    private readonly now: () => number = Date.now,
    private readonly onReplaced: (accountId: string, refreshToken: string, grant: OAuthGrant) => Promise<void> = () =>
      Promise.resolve(),
  ) {}

  /** A token that is good for another minute. Throws ChannelError. */
  async get(accountId: string, grant: OAuthGrant): Promise<string> {
    const held = this.held.get(accountId);
    if (held && isOf(held, grant) && held.validUntil - marginMs > this.now()) {
      if (held.keepAgainAt !== null && held.keepAgainAt <= this.now()) {
        await this.keep(accountId, held);
      }
      return held.token;
    }
    const asked = this.asking.get(keyOf(accountId, grant)) ?? this.ask(accountId, grant, held);
    return (await asked).token;
  }

  /** A refresh token that took the place of the account's own; null while that one is the newest. */
  replacementOf(accountId: string, grant: OAuthGrant): string | null {
    const held = this.held.get(accountId);
    return held && isOf(held, grant) && held.refreshToken !== grant.refreshToken ? held.refreshToken : null;
  }

  /** Gives up a token that a server did not take. */
  drop(accountId: string): void {
    const held = this.held.get(accountId);
    if (held) {
      this.held.set(accountId, { ...held, validUntil: 0 });
    }
  }

  private ask(accountId: string, grant: OAuthGrant, held: Held | undefined): Promise<Held> {
    const known = held && isOf(held, grant) ? held : null;
    const refreshToken = known?.refreshToken ?? grant.refreshToken;
    const key = keyOf(accountId, grant);
    const asked = this.renew({ ...grant, refreshToken })
      .then(async (answer) => {
        const renewed = { ...answer, grant, keepAgainAt: known?.keepAgainAt ?? null };
        this.held.set(accountId, renewed);
        if (renewed.refreshToken !== refreshToken || renewed.keepAgainAt !== null) {
          await this.keep(accountId, renewed);
        }
        return renewed;
      })
      .finally(() => this.asking.delete(key));
    this.asking.set(key, asked);
    return asked;
  }

  /** It is in memory: that it cannot be stored just now keeps no mail back. Whoever stores it tells why it could not be. */
  private async keep(accountId: string, held: Held): Promise<void> {
    const again = this.now() + keepAgainMs;
    held.keepAgainAt = await this.onReplaced(accountId, held.refreshToken, held.grant).then(
      () => null,
      () => again,
    );
  }

  private async renew(grant: OAuthGrant): Promise<Pick<Held, 'token' | 'validUntil' | 'refreshToken'>> {
    const { tokenUrl, clientId, clientSecret, refreshToken } = grant;
    const form = new URLSearchParams({ grant_type: 'refresh_token', client_id: clientId, refresh_token: refreshToken });
    if (clientSecret !== '') {
      form.set('client_secret', clientSecret);
    }
    const answer = await exchange({
      method: 'POST',
      url: tokenUrl,
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
      body: form.toString(),
      timeoutMs: answerMs,
      limitBytes: longestAnswer,
      agentFor: this.agentFor,
    }).catch(unreachable);
    const said = readJson(answer);
    const token = said['access_token'];
    if (answer.status !== 200 || typeof token !== 'string' || token === '') {
      throw refused(answer.status, said['error']);
    }
    const lifeMs = Math.max(shortestLifeMs, Number(said['expires_in'] ?? 3600) * 1000 || 0);
    const replaced = said['refresh_token'];
    return {
      token,
      validUntil: this.now() + lifeMs,
      refreshToken: typeof replaced === 'string' && replaced !== '' ? replaced : refreshToken,
    };
  }
}

/** Settings may change while a token is asked for by the old ones: who has the new ones does not wait for that. */
function keyOf(accountId: string, { tokenUrl, clientId, clientSecret, refreshToken }: OAuthGrant): string {
  return JSON.stringify([accountId, tokenUrl, clientId, clientSecret, refreshToken]);
}

/** Whether a token was got by this grant, or by the one which took that one's place and was stored since. */
function isOf({ grant, refreshToken }: Held, asked: OAuthGrant): boolean {
  return (
    grant.tokenUrl === asked.tokenUrl &&
    grant.clientId === asked.clientId &&
    grant.clientSecret === asked.clientSecret &&
    (grant.refreshToken === asked.refreshToken || refreshToken === asked.refreshToken)
  );
}

function unreachable(error: unknown): never {
  const code = error instanceof ExchangeFailed ? error.code : 'unknown';
  throw code === refusedAddress
    ? errorOfRefusedAddress()
    : new ChannelError('token_unavailable', `The provider’s sign-in server cannot be reached (${code}).`, {
        retry: 'soon',
      });
}

/** Only the provider's code is repeated: its sentences may quote what was sent. */
function refused(status: number, error: unknown): ChannelError {
  const code = typeof error === 'string' && /^[\w.-]{1,60}$/u.test(error) ? error : `HTTP ${String(status)}`;
  return forAdmin.has(code) || status === 401
    ? new ChannelError(
        'token_expired',
        `The permission to use this mailbox has ended or was taken back (${code}). Sign in to the provider again and enter the new refresh token.`,
        { retry: 'after-reconnect' },
      )
    : new ChannelError('token_unavailable', `The provider gives no access just now (${code}).`, { retry: 'soon' });
}

function readJson({ body }: ExchangeAnswer): Record<string, unknown> {
  try {
    const read: unknown = JSON.parse(body.toString('utf8'));
    return typeof read === 'object' && read !== null ? { ...read } : {};
  } catch {
    return {};
  }
}
