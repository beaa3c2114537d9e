import { ChannelError } from '../channel-adapter.js';
import { errorOfRefusedAddress, refusedAddress } from '../wire/sending-errors.js';

/** What a call was for: after a lost 'send' the customer may have the message, a lost 'ask' changed nothing. */
export type CallPurpose = 'send' | 'ask';

/** An answer of the Bot API with ok: false. */
export interface BotApiRefusal {
  error_code: number;
  description: string;
  parameters?: { retry_after?: number; migrate_to_chat_id?: number } | undefined;
}

/** The channel error behind a refusal of the Bot API. Descriptions are Telegram's own words and hold no secrets. */
export function errorOfRefusal(refusal: BotApiRefusal, purpose: CallPurpose): ChannelError {
  const { error_code: status, description } = refusal;
  if (status >= 500) {
    return errorOfOutage(status, purpose);
  }
  if (status === 409) {
    return errorOfConflict(description);
  }
  if (status === 429) {
    const retryAfterMs = (refusal.parameters?.retry_after ?? 1) * 1000;
    return new ChannelError('rate_limited', description, { retry: 'soon', retryAfterMs });
  }
  // Telegram answers 404 to a token it cannot read at all.
  if (status === 401 || status === 404) {
    return new ChannelError('unauthorized', 'Telegram does not accept the bot token.', { retry: 'after-reconnect' });
  }
  return new ChannelError(codeOfRefusal(status, description), description, { retry: 'never' });
}

function codeOfRefusal(status: number, description: string): string {
  const codes: Record<number, string> = { 400: codeOfBadRequest(description), 403: 'blocked', 413: 'too_large' };
  return codes[status] ?? 'refused';
}

function codeOfBadRequest(description: string): string {
  const isGone = /chat not found|user not found|peer_id_invalid|group chat was upgraded/i.test(description);
  return isGone ? 'chat_not_found' : 'refused';
}

function errorOfConflict(description: string): ChannelError {
  if (/webhook/i.test(description)) {
    return new ChannelError('webhook_set', 'A webhook is set for this bot, so it cannot be polled.', {
      retry: 'after-reconnect',
    });
  }
  return new ChannelError('another_poller', 'Another program is polling this bot with the same token.', {
    retry: 'soon',
  });
}

function errorOfOutage(status: number, purpose: CallPurpose): ChannelError {
  const message = `Telegram answered ${String(status)}.`;
  return purpose === 'send'
    ? new ChannelError('provider_failed', message, { retry: 'never', doubtful: true })
    : new ChannelError('provider_failed', message, { retry: 'soon' });
}

const neverConnected = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'ERR_PROXY_TUNNEL',
]);

/**
 * The channel error behind a call that brought no answer of the Bot API.
 *
 * The original error never travels on: its message and its stack hold the URL, and the URL holds the bot token.
 */
export function errorOfBrokenCall(error: unknown, purpose: CallPurpose): ChannelError {
  const code = codeOf(error);
  if (code === refusedAddress) {
    return errorOfRefusedAddress();
  }
  if (neverConnected.has(code) || purpose === 'ask') {
    return new ChannelError('unreachable', `Telegram cannot be reached (${code}).`, { retry: 'soon' });
  }
  return new ChannelError('lost', `The connection to Telegram broke after the message was sent (${code}).`, {
    retry: 'never',
    doubtful: true,
  });
}

function codeOf(error: unknown): string {
  const { name, code } = (error ?? {}) as { name?: unknown; code?: unknown };
  const known = name === 'AbortError' ? 'timeout' : code;
  return [known, name].find((word) => typeof word === 'string') ?? 'unknown';
}
