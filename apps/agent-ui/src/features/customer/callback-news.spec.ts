import { describe, expect, it } from '@jest/globals';
import type { MessageView } from '#contract';
import { lastCallbackNews } from './callback-news.js';

const line = (id: string, at: string, name: string, ticketId = 't1') =>
  ({ id, at, ticketId, event: { name } }) as unknown as MessageView;

describe('the news of a call back', () => {
  it('is the last line of the timeline about it, of this ticket', () => {
    const messages = [
      line('c', '2026-11-22T08:03:00Z', 'callback.cancelled'),
      line('a', '2026-11-22T08:01:00Z', 'callback.requested'),
      line('d', '2026-11-22T08:04:00Z', 'callback.requested', 't2'),
      line('e', '2026-11-22T08:05:00Z', 'ticket.state'),
    ];
    expect(lastCallbackNews({ messages }, 't1')).toBe('c');
    expect(lastCallbackNews({ messages }, 't3')).toBeNull();
  });

  it('is a call that is over as well, for it may have been missed', () => {
    const call = (id: string, state: string) =>
      ({ id, at: '2026-11-22T08:09:00Z', ticketId: 't1', event: null, call: { state } }) as unknown as MessageView;
    expect(lastCallbackNews({ messages: [call('g', 'ringing')] }, 't1')).toBeNull();
    expect(lastCallbackNews({ messages: [call('g', 'ended')] }, 't1')).toBe('g');
  });
});
