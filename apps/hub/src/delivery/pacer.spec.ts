import { describe, expect, it } from '@jest/globals';
import { Pacer } from './pacer.js';

const pace = { account: { burst: 3, perSecond: 2 }, each: () => ({ burst: 2, perSecond: 1 }) };

describe('the pace of an account', () => {
  it('lets a burst through and then so many a second', () => {
    const pacer = new Pacer(pace, 0);
    expect(pacer.room(0)).toBe(3);
    ['a', 'b', 'c'].forEach((address) => pacer.spend(address, 1, 0));
    expect(pacer.room(0)).toBe(0);
    expect(pacer.room(499)).toBe(0);
    expect(pacer.room(500)).toBe(1);
    expect(pacer.room(60_000)).toBe(3);
  });

  it('makes one address wait and no other', () => {
    const pacer = new Pacer(pace, 0);
    pacer.spend('a', 2, 0);
    pacer.spend('b', 1, 0);
    expect(pacer.cooling(0)).toEqual(['a']);
    expect(pacer.cooling(999)).toEqual(['a']);
    expect(pacer.cooling(1000)).toEqual([]);
  });

  it('remembers what was sent beyond its measure', () => {
    const pacer = new Pacer(pace, 0);
    pacer.spend('a', 5, 0);
    expect(pacer.room(1000)).toBe(0);
    expect(pacer.room(1500)).toBe(1);
    expect(pacer.cooling(3999)).toEqual(['a']);
    expect(pacer.cooling(4000)).toEqual([]);
  });

  it('is not confused by a clock that steps back', () => {
    const pacer = new Pacer(pace, 10_000);
    pacer.spend('a', 3, 10_000);
    expect(pacer.room(5000)).toBe(0);
    expect(pacer.room(11_000)).toBe(2);
  });

  it('forgets addresses that could send freely again', () => {
    const pacer = new Pacer({ account: { burst: 1e6, perSecond: 1e6 }, each: pace.each }, 0);
    for (let number = 0; number < 1000; number += 1) {
      pacer.spend(`chat ${String(number)}`, 2, number * 10);
    }
    expect(pacer.cooling(10_000).length).toBeLessThan(150);
    expect(pacer.cooling(10_000)).toContain('chat 999');
  });
});
