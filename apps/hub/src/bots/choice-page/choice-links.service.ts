import { createHmac, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { readWireId, type WireChoice } from '#bots';
import type { Choice } from '#channels';
import { HubConfig } from '#config';
import { SecretKeys } from '../../platform/secret-keys.js';

const purpose = 'bot choices';
const macBytes = 16;

/** What a link chooses: of which session, and which option of which turn's menu. */
export interface LinkedChoice {
  sessionId: string;
  choice: WireChoice;
  wire: string;
}

/** Links by which a mail's menu is answered. A token says its session and its option, under an HMAC: no option can be exchanged for another. */
@Injectable()
export class ChoiceLinks {
  constructor(
    private readonly keys: SecretKeys,
    private readonly config: HubConfig,
  ) {}

  /** Puts the addresses into a text that has places for them. Without a public address its options are chosen by writing them. */
  into(body: string, sessionId: string, choices: readonly Choice[]): string {
    return choices.reduce((text, { id, label }) => {
      const place = `{{choice:${id}}}`;
      return this.config.publicUrl === null
        ? text.replace(`• ${label}: ${place}`, `• ${label}`).replaceAll(place, '')
        : text.replaceAll(place, this.urlFor(sessionId, id));
    }, body);
  }

  urlFor(sessionId: string, wire: string): string {
    const body = Buffer.from(`${sessionId} ${wire}`);
    const token = Buffer.concat([macOf(this.keys.derive(purpose), body), body]).toString('base64url');
    return `${this.config.publicUrl ?? ''}/b/${token}`;
  }

  /** Null for what we did not sign. */
  read(token: string): LinkedChoice | null {
    const bytes = Buffer.from(token, 'base64url');
    const [mac, body] = [bytes.subarray(0, macBytes), bytes.subarray(macBytes)];
    const isOurs =
      mac.length === macBytes &&
      this.keys.deriveAll(purpose).some((key) => timingSafeEqual(macOf(key, body), mac)) &&
      bytes.toString('base64url') === token;
    const [sessionId = '', wire = ''] = isOurs ? body.toString('utf8').split(' ') : [];
    const choice = readWireId(wire);
    return choice && { sessionId, choice, wire };
  }
}

function macOf(key: Buffer, body: Uint8Array): Buffer {
  return createHmac('sha256', key).update(body).digest().subarray(0, macBytes);
}
