import { describe, expect, it } from '@jest/globals';
import { faultOfPattern, matchesPattern } from './safe-pattern.js';

describe('a pattern', () => {
  it('is found anywhere in a text, whatever the case of its letters', () => {
    expect(matchesPattern('order\\s+#?\\d{4}', 'About ORDER #1234, please')).toBe(true);
    expect(matchesPattern('^order', 'About order')).toBe(false);
    expect(matchesPattern('\\p{Arabic}{3}', 'سلام')).toBe(true);
  });

  it('gives the same answer however often it is asked', () => {
    expect([1, 2, 3].map(() => matchesPattern('a', 'banana'))).toEqual([true, true, true]);
  });

  it('is refused where it would need more than linear time, is too long, or is not one', () => {
    expect(faultOfPattern('(a)\\1')).toMatch(/not understood/);
    expect(faultOfPattern('(?=a)b')).toMatch(/not understood/);
    expect(faultOfPattern('(a')).toMatch(/not understood/);
    expect(faultOfPattern('a'.repeat(201))).toMatch(/at most 200/);
    expect(faultOfPattern('^[0-9]{10}$')).toBeNull();
  });

  it('does not hang on texts that other engines hang on', () => {
    const began = performance.now();
    expect(matchesPattern('^(a+)+$', `${'a'.repeat(9_999)}b`)).toBe(false);
    expect(performance.now() - began).toBeLessThan(1_000);
  });
});
