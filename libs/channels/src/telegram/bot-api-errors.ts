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
  // 420 is what Telegram's own protocol calls it; some servers let it through.
  if (status === 429 || status === 420) {
    return new ChannelError('rate_limited', description, { retry: 'soon', retryAfterMs: waitOf(refusal) });
  }
  if (isAboutToken(status, description)) {
    return new ChannelError('unauthorized', 'Telegram does not accept the bot token.', { retry: 'after-reconnect' });
  }
  const error = new ChannelError(codeOfRefusal(status, description), description, { retry: 'never' });
  const movedTo = refusal.parameters?.migrate_to_chat_id;
  return movedTo === undefined ? error : Object.assign(error, { movedTo });
}

/** The pause that is asked for, in milliseconds. Old servers say it in words only. */
function waitOf({ parameters, description }: BotApiRefusal): number {
  const said = parameters?.retry_after ?? /(?:retry after|FLOOD_WAIT_)\s*(\d+)/i.exec(description)?.[1] ?? 1;
  return Math.max(0, Number(said)) * 1000;
}

/** Telegram answers 404 to a token that it cannot read at all, and says so otherwise when it is only the method. */
function isAboutToken(status: number, description: string): boolean {
  return status === 401 || (status === 404 && !/method/i.test(description)) || /logged out/i.test(description);
}

type Words = readonly (readonly [said: RegExp, code: string])[];

/** What a refusal says, in the words that the Bot API has for it; the first that fits counts. */
const forbidden: Words = [
  [/deactivated/i, 'deactivated'],
  [/can'?t initiate|USER_IS_BOT|send messages to bots/i, 'not_started'],
  [/chat was deleted|not a member|kicked/i, 'chat_not_found'],
  [/blocked/i, 'blocked'],
];
const badRequest: Words = [
  [/USER_IS_BLOCKED|blocked by the user/i, 'blocked'],
  [/DEACTIVATED/i, 'deactivated'],
  [/chat not found|user not found|PEER_ID_INVALID|chat_id is empty|upgraded to a supergroup/i, 'chat_not_found'],
  [/can'?t parse entities|unsupported start tag|ENTITY_BOUNDS_INVALID/i, 'bad_format'],
  [/query is too old|query ID is invalid/i, 'stale_press'],
  [/too (?:big|long|large)|ENTITY_TOO_LARGE/i, 'too_large'],
];
const byStatus: Record<number, string> = { 404: 'unsupported', 413: 'too_large' };

function codeOfRefusal(status: number, description: string): string {
  const words = { 400: badRequest, 403: forbidden }[status] ?? [];
  return words.find(([said]) => said.test(description))?.[1] ?? byStatus[status] ?? 'refused';
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
