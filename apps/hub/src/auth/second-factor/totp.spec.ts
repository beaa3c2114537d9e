import { describe, expect, it } from '@jest/globals';
import { findStep, newTotpSecret, stepAt, totpCode, totpUri } from './totp.js';

/** RFC 6238, appendix B: the ASCII secret 12345678901234567890, last six of the eight digits. */
const rfcSecret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

describe('codes of an authenticator', () => {
  it.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [20_000_000_000, '353130'],
  ])('are those of the standard at %d seconds', (seconds, code) => {
    expect(totpCode(rfcSecret, stepAt(seconds * 1000))).toBe(code);
  });

  it('hold for their half minute and the ones beside it, and no longer', () => {
    const at = 1_700_000_000_000;
    const of = (away: number) => findStep(rfcSecret, totpCode(rfcSecret, stepAt(at) + away), at);
    expect([-1, 0, 1].map(of)).toEqual([-1, 0, 1].map((away) => stepAt(at) + away));
    expect([of(-2), of(2), findStep(rfcSecret, '28708', at), findStep(rfcSecret, '', at)]).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });

  it('come from a secret of 160 bits that programs can open', () => {
    const secret = newTotpSecret();
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(newTotpSecret()).not.toBe(secret);
    expect(totpUri(secret, 'sara@peyk.test')).toBe(`otpauth://totp/Peyk:sara%40peyk.test?secret=${secret}&issuer=Peyk`);
  });
});
