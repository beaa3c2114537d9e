import { describe, expect, it } from '@jest/globals';
import { ChannelError } from '../channel-adapter.js';
import { decideOutcome } from './decide-outcome.js';

const lost = new ChannelError('connection_lost', 'the provider hung up', { retry: 'soon', doubtful: true });
const busy = new ChannelError('throttled', 'slow down', { retry: 'soon', retryAfterMs: 30_000 });
const gone = new ChannelError('blocked', 'the customer blocked the bot', { retry: 'never' });

describe('what becomes of a failed send', () => {
  it('waits longer for a server that said itself that it takes nothing yet', () => {
    const deferred = new ChannelError('deferred', '451 greylisted', { retry: 'soon' });
    expect(decideOutcome(deferred, 1, 'declared', 1)).toMatchObject({ state: 'queued', delayMs: 20_000 });
    expect(
      decideOutcome(new ChannelError('unreachable', 'no answer', { retry: 'soon' }), 1, 'declared', 1),
    ).toMatchObject({
      state: 'queued',
      delayMs: 1_000,
    });
  });

  it('never repeats a doubtful send by itself where a repeat would reach the customer twice', () => {
    expect(decideOutcome(lost, 1, 'none', 0)).toEqual({
      state: 'unconfirmed',
      code: 'connection_lost',
      error: 'the provider hung up',
    });
  });

  it.each(['provider', 'declared'] as const)(
    'repeats a doubtful send where repeats carry a key (%s)',
    (idempotency) => {
      expect(decideOutcome(lost, 1, idempotency, 0)).toMatchObject({ state: 'queued' });
    },
  );

  it('waits as long as the provider asks', () => {
    expect(decideOutcome(busy, 1, 'none', 0)).toMatchObject({ state: 'queued', delayMs: 30_000 });
  });

  it('fails what nobody may retry, and parks what was tried enough', () => {
    expect(decideOutcome(gone, 1, 'none', 0)).toMatchObject({ state: 'failed', code: 'blocked' });
    expect(decideOutcome(busy, 12, 'none', 0)).toMatchObject({ state: 'parked' });
  });
});
