import { describe, expect, it } from '@jest/globals';
import { channelsOf, lastSeenOf } from './profile-facts.js';

const way = (channelId: string, lastUsedAt: string | null) =>
  ({ channelId, channelKind: 'sms', channelName: channelId, lastUsedAt }) as const;

describe('the profile of a customer', () => {
  it('was last seen where anything came from last, and never while nothing did', () => {
    expect(lastSeenOf([{ lastSeenAt: null }])).toBeNull();
    const [early, late] = ['2026-11-01T08:00:00.000Z', '2026-11-20T08:00:00.000Z'];
    expect(lastSeenOf([{ lastSeenAt: late }, { lastSeenAt: null }, { lastSeenAt: early }])).toBe(late);
  });

  it('names a channel once, however many addresses it reaches, the one used last first', () => {
    const [early, late] = ['2026-11-01T08:00:00.000Z', '2026-11-20T08:00:00.000Z'];
    const ways = [way('never', null), way('old', early), way('both', early), way('both', late)];
    expect(channelsOf(ways).map(({ id, usedAt }) => [id, usedAt])).toEqual([
      ['both', late],
      ['old', early],
      ['never', null],
    ]);
  });
});
