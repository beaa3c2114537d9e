import { ChannelError } from '../channel-adapter.js';
import { ExchangeFailed } from './http-exchange.js';

/** How a provider treats a repeat: 'keyed' ones recognise it, with 'blind' ones a doubtful send must never repeat by itself. */
export type RepeatSafety = 'keyed' | 'blind';

/** The code by which a guard ends a connection to an address that providers have no business with. */
export const refusedAddress = 'address_refused';

/** Only the operator can open a private network, so a try again waits until something about the account or the hub changed. */
export function errorOfRefusedAddress(): ChannelError {
  return new ChannelError(
    refusedAddress,
    'The address lies in a private network. If it is meant to, name that network in OUTBOUND_ALLOW and start the hub again.',
    { retry: 'after-reconnect' },
  );
}

/** A send that got no whole answer: never left, or in doubt. */
export function errorOfBrokenSend(error: unknown, safety: RepeatSafety): ChannelError {
  const failure = error instanceof ExchangeFailed ? error : new ExchangeFailed('unknown', true);
  if (failure.code === refusedAddress) {
    return errorOfRefusedAddress();
  }
  if (!failure.reached) {
    return new ChannelError('unreachable', `The provider cannot be reached (${failure.code}).`, { retry: 'soon' });
  }
  return inDoubt('lost', `The connection broke after the message was sent (${failure.code}).`, safety);
}

/** A send whose outcome is unknown. Keyed providers take the repeat, for the others only a person may decide. */
export function inDoubt(code: string, message: string, safety: RepeatSafety): ChannelError {
  return new ChannelError(code, message, { retry: safety === 'keyed' ? 'soon' : 'never', doubtful: true });
}

interface Refusal {
  status: number;
  /** What the provider says about it, already free of secrets; '' when it says nothing. */
  said: string;
  retryAfter: string | undefined;
}

/** What an HTTP status that is no success means for a send. Statuses that name the account's own fault wait for a reconnect. */
export function errorOfStatus(refusal: Refusal, safety: RepeatSafety): ChannelError {
  const { status, said } = refusal;
  const message = said === '' ? `The provider answered ${String(status)}.` : said;
  if (status === 429) {
    return new ChannelError('rate_limited', message, { retry: 'soon', retryAfterMs: retryAfterMs(refusal.retryAfter) });
  }
  if (status === 401 || status === 403) {
    return new ChannelError('unauthorized', message, { retry: 'after-reconnect' });
  }
  if (status >= 500 || status === 408) {
    return inDoubt('provider_failed', message, safety);
  }
  if (status === 404 || (status >= 300 && status < 400)) {
    return new ChannelError('misconfigured', message, { retry: 'after-reconnect' });
  }
  return new ChannelError('refused', message, { retry: 'never' });
}

const longestWaitSeconds = 3600;

/** Reads a Retry-After header of seconds. Dates are not used by the providers here and count as absent. */
export function retryAfterMs(header: string | undefined): number | null {
  const seconds = Number(header ?? '');
  return header !== undefined && header !== '' && seconds >= 0 ? Math.min(seconds, longestWaitSeconds) * 1000 : null;
}
