import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits, safe in URLs, cookies and headers. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What is kept of a token. Tokens are random, so one fast hash is enough; passwords are not, and go through argon2. */
export function sha256(text: string | Uint8Array): Buffer {
  return createHash('sha256').update(text).digest();
}
