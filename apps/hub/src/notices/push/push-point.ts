import { ECDH } from 'node:crypto';

/** Whether a browser's key, in base64url, is a point of the curve that pushes are encrypted on: to anything else none can be. */
export function isPoint(key: unknown): boolean {
  try {
    ECDH.convertKey(Buffer.from(String(key), 'base64url'), 'prime256v1');
    return true;
  } catch {
    return false;
  }
}
