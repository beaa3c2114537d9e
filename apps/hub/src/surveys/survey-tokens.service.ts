import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { HubConfig } from '#config';
import { SecretKeys } from '../platform/secret-keys.js';

const purpose = 'survey links';
const idBytes = 16;
const secretBytes = 16;
const bodyBytes = idBytes + secretBytes + 1;
const macBytes = 16;

/** What a link says: which question, by which secret of its own, and which score. */
export interface SurveyLink {
  askId: string;
  secretHash: Buffer;
  score: number;
}

/**
 * Links by which mails are answered, one for each score. A token is the question's id, a secret that only its mail has, and the score,
 * under an HMAC: neither a copy of the database nor the key alone makes one, and no score can be exchanged for another.
 */
@Injectable()
export class SurveyTokens {
  constructor(
    private readonly keys: SecretKeys,
    private readonly config: HubConfig,
  ) {}

  /** Whether links can be made at all: not while the hub has no public address. */
  get canLink(): boolean {
    return this.config.publicUrl !== null;
  }

  /** A new secret with the hash that is kept of it. */
  makeSecret(): { secret: Buffer; hash: Buffer } {
    const secret = randomBytes(secretBytes);
    return { secret, hash: hashOf(secret) };
  }

  urlFor(askId: string, secret: Buffer, score: number): string {
    const body = Buffer.concat([Buffer.from(askId.replaceAll('-', ''), 'hex'), secret, Buffer.from([score])]);
    const token = Buffer.concat([body, mac(this.keys.derive(purpose), body)]).toString('base64url');
    return `${this.config.publicUrl ?? ''}/s/${token}`;
  }

  /** Null for what we did not sign. */
  read(token: string): SurveyLink | null {
    const bytes = Buffer.from(token, 'base64url');
    if (bytes.length !== bodyBytes + macBytes || bytes.toString('base64url') !== token) {
      return null;
    }
    const body = bytes.subarray(0, bodyBytes);
    if (!this.keys.deriveAll(purpose).some((key) => timingSafeEqual(mac(key, body), bytes.subarray(bodyBytes)))) {
      return null;
    }
    const askId = body
      .subarray(0, idBytes)
      .toString('hex')
      .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
    return {
      askId,
      secretHash: hashOf(body.subarray(idBytes, idBytes + secretBytes)),
      score: body[bodyBytes - 1] as number,
    };
  }
}

function mac(key: Buffer, body: Uint8Array): Buffer {
  return createHmac('sha256', key).update(body).digest().subarray(0, macBytes);
}

function hashOf(secret: Uint8Array): Buffer {
  return createHash('sha256').update(secret).digest();
}
