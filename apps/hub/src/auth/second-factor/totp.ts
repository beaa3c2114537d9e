import { timingSafeEqual } from 'node:crypto';
import { generateSecret, generateSync, generateURI } from 'otplib';

const stepSeconds = 30;

/** 160 random bits in Base32, as authenticators take them. */
export function newTotpSecret(): string {
  return generateSecret({ length: 20 });
}

export function totpUri(secret: string, email: string): string {
  return generateURI({ issuer: 'Peyk', label: email, secret });
}

/** The code of a step of time. */
export function totpCode(secret: string, step: number): string {
  return generateSync({ secret, epoch: step * stepSeconds });
}

export function stepAt(ms: number): number {
  return Math.floor(ms / 1000 / stepSeconds);
}

/**
 * The step of time that a code is of, out of the present one and the ones beside it; null where it is of none. Clocks of phones are off
 * by seconds, not by minutes.
 */
export function findStep(secret: string, code: string, ms: number): number | null {
  const now = stepAt(ms);
  return [now, now - 1, now + 1].find((step) => isSame(totpCode(secret, step), code)) ?? null;
}

function isSame(a: string, b: string): boolean {
  const [one, other] = [Buffer.from(a), Buffer.from(b)];
  return one.length === other.length && timingSafeEqual(one, other);
}
