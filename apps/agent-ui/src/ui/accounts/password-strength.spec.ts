import { describe, expect, it } from '@jest/globals';
import { strengthOf } from './password-strength.js';

describe('a password that is being typed', () => {
  it.each([
    ['', 'empty'],
    ['seven c', 'short'],
    ['aaaaaaaaaaaaaaaa', 'weak'],
    ['nine char', 'fair'],
    ['twelve chars', 'good'],
    ['لاک‌پشت سبز آرام', 'strong'],
  ])('such as "%s" is called %s', (password, strength) => {
    expect(strengthOf(password)).toBe(strength);
  });
});
