import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { normaliseEmail } from './email-address.js';
import { looksLikeThreadToken, readThreadToken, replyAddress, signThreadToken } from './thread-token.js';

const key = Buffer.alloc(32, 7);
const thread = '0190c0de-1234-7abc-8def-0123456789ab';

describe('a thread token', () => {
  it('brings back the thread it was made for', () => {
    fc.assert(fc.property(fc.uuid(), (id) => readThreadToken(signThreadToken(id, key), key) === id));
  });

  it('fits a mail address and survives its case being folded', () => {
    const address = replyAddress('support@example.com', signThreadToken(thread, key));
    expect(normaliseEmail(address)).toBe(address);
    expect(address.indexOf('@')).toBeLessThanOrEqual(64);
    expect(readThreadToken(signThreadToken(thread, key).toUpperCase(), key)).toBe(thread);
  });

  it('is worth nothing under another key', () => {
    expect(readThreadToken(signThreadToken(thread, key), Buffer.alloc(32, 8))).toBeNull();
  });

  it('is refused when any letter of it was changed', () => {
    const token = signThreadToken(thread, key);
    const forged = Array.from(
      token,
      (letter, at) => token.slice(0, at) + (letter === 'a' ? 'b' : 'a') + token.slice(at + 1),
    );
    expect(forged.filter((one) => readThreadToken(one, key) !== null)).toEqual([]);
  });

  it('is refused when it is cut, lengthened or something else altogether', () => {
    const token = signThreadToken(thread, key);
    const others = ['', 'sales', token.slice(1), `${token}a`, token.replace(/.$/, '1'), '\u0000'.repeat(39)];
    expect(others.filter((one) => readThreadToken(one, key) !== null)).toEqual([]);
    expect([looksLikeThreadToken(token), looksLikeThreadToken('sales')]).toEqual([true, false]);
  });

  it('is made of thread ids only', () => {
    expect(() => signThreadToken('1; drop table', key)).toThrow(TypeError);
  });
});
