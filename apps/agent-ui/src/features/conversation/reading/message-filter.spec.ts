import { describe, expect, it } from '@jest/globals';
import { buildMessage } from '../../../live/testing/build-views.js';
import { channelsOf, countHidden, noFilter, passes } from './message-filter.js';

const over = (kind: 'sms' | 'telegram') => ({ id: kind, kind, name: kind });
const question = buildMessage({ seq: 1, channel: over('sms') });
const answer = buildMessage({ seq: 2, channel: over('telegram'), direction: 'out' });
const remark = buildMessage({ seq: 3, kind: 'note', direction: 'internal' });
const all = [question, answer, remark];
const read = (filter: Parameters<typeof passes>[1]) => all.filter((one) => passes(one, filter)).map(({ seq }) => seq);

describe('reading a part of a conversation', () => {
  it('shows everything until something is chosen', () => {
    expect(read(noFilter)).toEqual([1, 2, 3]);
  });

  it('shows what the customer said, what was noted, and what went over a channel, and both together', () => {
    expect(read({ only: 'customer', channel: null })).toEqual([1]);
    expect(read({ only: 'notes', channel: null })).toEqual([3]);
    expect(read({ only: null, channel: 'telegram' })).toEqual([2]);
    expect(read({ only: 'customer', channel: 'telegram' })).toEqual([]);
  });

  it('offers each channel once, the latest first', () => {
    expect(channelsOf([question, answer, buildMessage({ seq: 4, channel: over('sms') })])).toEqual(['sms', 'telegram']);
  });

  it('says how much it hides, and what of it is new', () => {
    const news = buildMessage({ seq: 4, channel: over('sms') });
    const notes = { only: 'notes', channel: null } as const;
    expect(countHidden(all, notes, remark.id)).toEqual({ all: 2, news: 0 });
    expect(countHidden([...all, news], notes, remark.id)).toEqual({ all: 3, news: 1 });
    expect(countHidden([...all, news], { only: 'customer', channel: null }, remark.id)).toEqual({ all: 2, news: 0 });
  });
});
