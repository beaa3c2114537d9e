import { Injectable } from '@nestjs/common';
import { ExchangeFailed, retryAfterMs } from '#channels';
import { HubConfig } from '#config';
import { PushDoor } from './push-door.js';
import { PushKeys } from './push-keys.service.js';
import type { Push } from './push-payloads.service.js';

/** What a browser gave to be woken by. */
export interface PushTarget {
  endpoint: string;
  p256dh: string;
  auth: string;
}

/** `gone`: that browser is never woken again; `refused`: not for this; `later`: the service has no time now. */
export type PushOutcome = { how: 'sent' | 'gone' | 'refused' } | { how: 'later'; pauseMs: number | null };

const gone = new Set([404, 410]);
const busy = new Set([408, 425, 429]);

/** Encrypts a push to its browser, proves who sends it, and posts it once. Never throws for what the service does. */
@Injectable()
export class PushSender {
  constructor(
    private readonly keys: PushKeys,
    private readonly door: PushDoor,
    private readonly config: HubConfig,
  ) {}

  async send({ endpoint, p256dh, auth }: PushTarget, push: Push): Promise<PushOutcome> {
    if (!this.door.admits(endpoint)) {
      return { how: 'gone' };
    }
    const { publicKey, privateKey } = await this.keys.get();
    // Loaded by those installations only that wake browsers.
    const { default: webPush } = await import('web-push');
    const { headers, body } = webPush.generateRequestDetails({ endpoint, keys: { p256dh, auth } }, push.payload, {
      TTL: push.ttl,
      urgency: push.urgency,
      topic: push.topic,
      vapidDetails: { subject: this.subject, publicKey, privateKey },
    });
    return this.post(endpoint, headers, body);
  }

  /** Whom a push service turns to when something is wrong: an address over https, or one for mail. */
  private get subject(): string {
    const { publicUrl, admin } = this.config;
    return publicUrl?.startsWith('https:') ? publicUrl : `mailto:${admin?.email ?? 'admin@peyk.invalid'}`;
  }

  private async post(endpoint: string, headers: object, body: Buffer): Promise<PushOutcome> {
    const named = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
    try {
      const answer = await this.door.post(endpoint, named, body);
      return outcomeOf(answer.status, retryAfterMs(answer.headers['retry-after']));
    } catch (error) {
      if (!(error instanceof ExchangeFailed)) {
        throw error;
      }
      return { how: 'later', pauseMs: null };
    }
  }
}

/** What a push service means by its answer. `askedMs`: the patience that it asks for. */
export function outcomeOf(status: number, askedMs: number | null): PushOutcome {
  if (status >= 200 && status < 300) {
    return { how: 'sent' };
  }
  if (gone.has(status)) {
    return { how: 'gone' };
  }
  return status >= 500 || busy.has(status) ? { how: 'later', pauseMs: askedMs } : { how: 'refused' };
}
