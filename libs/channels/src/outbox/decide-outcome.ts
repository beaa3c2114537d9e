import type { Capabilities, ChannelError } from '../channel-adapter.js';
import { maxAttempts, retryDelayMs } from './retry-delay.js';
import type { Settlement } from './outbox.js';

/**
 * What becomes of a delivery whose send failed. A doubtful send is repeated only where a repeat is harmless or declared; elsewhere
 * it is `unconfirmed`, shown to the agent and never resent by itself. What nobody may retry has failed; what was retried enough parks.
 */
export function decideOutcome(
  error: ChannelError,
  attempt: number,
  idempotency: Capabilities['idempotency'],
  jitter: number,
): Settlement {
  const words = { code: error.code, error: error.message };
  if (error.doubtful && idempotency === 'none') {
    return { state: 'unconfirmed', ...words };
  }
  if (error.retry === 'never') {
    return { state: 'failed', ...words };
  }
  if (attempt >= maxAttempts) {
    return { state: 'parked', ...words };
  }
  const pace = error.code === 'deferred' ? 'patient' : 'quick';
  return { state: 'queued', ...words, delayMs: retryDelayMs(attempt, error.retryAfterMs, jitter, pace) };
}
