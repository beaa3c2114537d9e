import { describe, expect, it } from '@jest/globals';
import { suggestPassword } from './suggest-password.js';

describe('a suggested password', () => {
  it('is four groups of signs that cannot be taken for one another, and another one each time', () => {
    const made = Array.from({ length: 200 }, () => suggestPassword());
    expect(made.every((one) => /^([a-hjkmnp-z2-9]{4}-){3}[a-hjkmnp-z2-9]{4}$/u.test(one))).toBe(true);
    expect(new Set(made).size).toBe(200);
  });
});
