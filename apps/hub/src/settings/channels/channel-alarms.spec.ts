import { describe, expect, it } from '@jest/globals';
import { alarmsOf, type WatchedChannel } from './channel-alarms.js';

const now = new Date('2026-03-21T12:00:00Z');
const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 3_600_000);

function channel(over: Partial<WatchedChannel> = {}): WatchedChannel {
  return {
    enabled: true,
    problem: null,
    lastInAt: hoursAgo(1),
    lagSeconds: 0,
    silenceHours: 72,
    credentialsExpire: null,
    ...over,
  };
}

describe('the alarms of a channel', () => {
  it.each<[string, Partial<WatchedChannel>, string[]]>([
    ['none while all is well', {}, []],
    ['silence after as many hours as are set', { lastInAt: hoursAgo(73) }, ['silent']],
    ['none one hour before', { lastInAt: hoursAgo(71) }, []],
    ['none where nothing ever came in', { lastInAt: null }, []],
    ['none where nobody wants to hear of silence', { lastInAt: hoursAgo(9_000), silenceHours: null }, []],
    ['messages that leave late', { lagSeconds: 301 }, ['lagging']],
    ['a channel that does not work', { problem: 'wrong password' }, ['broken']],
    ['nothing of a channel that is off', { enabled: false, problem: 'x', lagSeconds: 9_999 }, []],
    ['a token that ends within two weeks', { credentialsExpire: '2026-04-03' }, ['expiring']],
    ['none for one that ends later', { credentialsExpire: '2026-05-03' }, []],
    ['a token that has ended', { credentialsExpire: '2026-03-19' }, ['expired']],
    ['the day itself as one on which it still works', { credentialsExpire: '2026-03-21' }, ['expiring']],
  ])('are: %s', (_what, over, expected) => {
    expect(alarmsOf(channel(over), now)).toEqual(expected);
  });
});
