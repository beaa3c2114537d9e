import { RateLimiterRes, type RateLimiterMemory } from 'rate-limiter-flexible';
import { tooMany } from './api-error.js';

/** Counts one more for this key. Throws tooMany, with how long to wait, where the limiter has no room. */
export async function takeTurn(limiter: RateLimiterMemory, key: string): Promise<void> {
  await limiter.consume(key).catch((reason: unknown) => {
    throw reason instanceof RateLimiterRes ? tooMany(reason.msBeforeNext / 1000) : reason;
  });
}
