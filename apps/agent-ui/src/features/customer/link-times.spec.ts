import { describe, expect, it } from '@jest/globals';
import { linkState, readSpan } from './link-times.js';

describe('how long a link works', () => {
  it('is typed in hours or days, in Persian digits too', () => {
    expect(readSpan('12', 'hours')).toBe(12);
    expect(readSpan(' ۷ ', 'days')).toBe(168);
    expect(readSpan('90', 'days')).toBe(2160);
  });

  it('is nothing that the hub would refuse', () => {
    for (const typed of ['', '0', '-1', '1.5', 'abc', '91', '99999']) {
      expect(readSpan(typed, 'days')).toBeNull();
    }
    expect(readSpan('2161', 'hours')).toBeNull();
  });
});

describe('a link', () => {
  const now = Date.parse('2026-11-22T12:00:00Z');
  const [before, after] = ['2026-11-22T11:59:59Z', '2026-11-22T12:00:01Z'];

  it('works until it runs out', () => {
    expect(linkState({ expiresAt: after, revokedAt: null }, now)).toEqual({ state: 'works', at: after });
    expect(linkState({ expiresAt: before, revokedAt: null }, now)).toEqual({ state: 'expired', at: before });
  });

  it('is revoked whether or not it has run out since', () => {
    expect(linkState({ expiresAt: before, revokedAt: before }, now)).toEqual({ state: 'revoked', at: before });
  });
});
