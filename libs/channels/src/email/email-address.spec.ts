import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { normaliseEmail, splitTag, withTag } from './email-address.js';

describe('normaliseEmail', () => {
  it.each([
    ['Maryam@Example.COM', 'maryam@example.com'],
    ['  maryam@example.com\u200f', 'maryam@example.com'],
    ['maryam+shop@example.com', 'maryam+shop@example.com'],
    ['info@مثال.ایران', 'info@xn--mgbh0fb.xn--mgba3a4f16a'],
    ['info@BÜCHER.example', 'info@xn--bcher-kva.example'],
    ['jose\u0301@example.com', 'josé@example.com'],
    ['root@localhost', 'root@localhost'],
    ['a.b.@example.com.', 'a.b.@example.com'],
  ])('brings %j to its normal form', (raw, expected) => {
    expect(normaliseEmail(raw)).toBe(expected);
  });

  it.each([
    '',
    'maryam',
    '@example.com',
    'maryam@',
    'a b@example.com',
    '"x@evil.example"@example.com',
    'x@evil.example@example.com',
    'a@example.com\r\nBcc: b@example.com',
    'a,b@example.com',
    'a@[127.0.0.1]',
    'a@127.1',
    'a@exa mple.com',
    'a@example..com',
    'a@-example.com',
    `${'a'.repeat(65)}@example.com`,
    `a@${'b'.repeat(260)}.com`,
    '<a@example.com>',
  ])('finds no address in %j', (raw) => {
    expect(normaliseEmail(raw)).toBeNull();
  });

  it('answers for any text, and reads its own answer as itself', () => {
    const near = fc
      .tuple(fc.string({ unit: 'binary', maxLength: 20 }), fc.domain())
      .map(([local, host]) => `${local}@${host}`);
    fc.assert(
      fc.property(fc.oneof(near, fc.emailAddress(), fc.string({ unit: 'binary' })), (raw) => {
        const normal = normaliseEmail(raw);
        return normal === null || (normaliseEmail(normal) === normal && /^[^\s@]+@[^\s@]+$/.test(normal));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('plus tags', () => {
  it('are split from their mailbox', () => {
    expect(splitTag('support+a+b@example.com')).toEqual({ mailbox: 'support@example.com', tag: 'a+b' });
    expect(splitTag('support@example.com')).toEqual({ mailbox: 'support@example.com', tag: null });
    expect(splitTag('+support@example.com')).toEqual({ mailbox: '+support@example.com', tag: null });
  });

  it('are put where they are split', () => {
    expect(splitTag(withTag('support@example.com', 'x'))).toEqual({ mailbox: 'support@example.com', tag: 'x' });
  });
});
