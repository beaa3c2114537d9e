import { ChannelError } from '../../channel-adapter.js';
import type { InboundReceipt } from '../../message.js';
import { errorOfStatus, inDoubt } from '../../wire/sending-errors.js';

interface Meaning {
  code: string;
  retry: 'soon' | 'never' | 'after-reconnect';
  words: string;
}

/** What Kavenegar states inside its answer, whatever its HTTP status says. */
const meanings = new Map<number, Meaning>([
  [400, { code: 'refused', retry: 'never', words: 'A part of the request is missing' }],
  [401, { code: 'account_inactive', retry: 'after-reconnect', words: 'The account is switched off' }],
  [402, { code: 'provider_failed', retry: 'soon', words: 'The operation failed' }],
  [403, { code: 'unauthorized', retry: 'after-reconnect', words: 'The API key is not valid' }],
  [404, { code: 'misconfigured', retry: 'after-reconnect', words: 'The address names no known method' }],
  [407, { code: 'unauthorized', retry: 'after-reconnect', words: 'Access from this address is not allowed' }],
  [409, { code: 'provider_failed', retry: 'soon', words: 'The server cannot answer now' }],
  [411, { code: 'invalid_number', retry: 'never', words: 'The recipient is not a valid number' }],
  [412, { code: 'invalid_sender', retry: 'after-reconnect', words: 'The line is not valid or not this account’s' }],
  [413, { code: 'too_long', retry: 'never', words: 'The message is empty or too long' }],
  [414, { code: 'too_long', retry: 'never', words: 'Too much was asked for at once' }],
  [416, { code: 'unauthorized', retry: 'after-reconnect', words: 'The server’s address is not the one agreed on' }],
  [418, { code: 'no_credit', retry: 'after-reconnect', words: 'The account’s credit does not suffice' }],
  [420, { code: 'refused', retry: 'never', words: 'Links are not allowed for this account' }],
  [422, { code: 'refused', retry: 'never', words: 'The message holds signs that are not allowed' }],
  [426, { code: 'misconfigured', retry: 'after-reconnect', words: 'The account’s plan does not include this' }],
  [451, { code: 'rate_limited', retry: 'soon', words: 'Too many requests in a short time' }],
  [501, { code: 'not_reachable', retry: 'never', words: 'A trial account sends to its owner only' }],
]);

/** An answer of Kavenegar: what its HTTP says, and what it states itself. */
export interface KavenegarAnswer {
  status: number;
  retryAfter: string | undefined;
  stated: number | null;
  message: string;
}

/** The channel error behind an answer that is no success; null for one that is. */
export function errorOfKavenegar(answer: KavenegarAnswer): ChannelError | null {
  const { status, stated, message, retryAfter } = answer;
  const isOk = status >= 200 && status < 300;
  if (stated === 200 && isOk) {
    return null;
  }
  const meaning = meanings.get(stated ?? 0);
  if (meaning !== undefined) {
    const said = message === '' ? '' : `: ${message}`;
    return new ChannelError(meaning.code, `${meaning.words}${said} (Kavenegar ${String(stated)})`, {
      retry: meaning.retry,
    });
  }
  if (stated === null && isOk) {
    return inDoubt('unreadable_answer', 'Kavenegar’s answer states neither success nor failure.', 'blind');
  }
  return errorOfStatus({ status: stated ?? status, said: message, retryAfter }, 'blind');
}

interface State {
  state: InboundReceipt['state'] | null;
  words: string | null;
}

/** Kavenegar's states of a message. Null: on its way, nothing to tell. */
const states = new Map<number, State>([
  [1, { state: null, words: null }],
  [2, { state: null, words: null }],
  [4, { state: 'sent', words: null }],
  [5, { state: 'sent', words: null }],
  [6, { state: 'failed', words: 'The operator could not send it' }],
  [10, { state: 'delivered', words: null }],
  [11, { state: 'failed', words: 'The phone did not take it' }],
  [13, { state: 'failed', words: 'It was cancelled; its cost was given back' }],
  [14, { state: 'failed', words: 'The recipient takes no messages from advertising lines' }],
  [100, { state: null, words: null }],
]);

/** What a state of Kavenegar means; null for one that is not known. */
export function stateOfKavenegar(status: number): State | null {
  return states.get(status) ?? null;
}
