import { Injectable } from '@nestjs/common';
import { exchange, ExchangeFailed, retryAfterMs, signWebhook, storableText } from '#channels';
import { SecretBox } from '../platform/secret-box.js';
import { WebhookDoor } from './webhook-door.js';

const timeoutMs = 15_000;
const longestAnswer = 1024 * 1024;
const shownOfAnswer = 500;

/** Something to be posted, named by an id that stays over its repeats. */
export interface WebhookPost {
  webhookId: string;
  url: string;
  secret: Uint8Array;
  formerSecret: Uint8Array | null;
  /** The `webhook-id`. */
  id: string;
  body: object;
}

/** What came of it. Only a 2xx is taken; a redirect is not followed, for it may lead where the address itself must not. */
export interface WebhookAnswer {
  isTaken: boolean;
  ms: number;
  status: number | null;
  error: string | null;
  answer: string;
  retryAfterMs: number | null;
}

/** Posts once, signed as Standard Webhooks has it. Never throws for what the receiver does. */
@Injectable()
export class WebhookSender {
  constructor(
    private readonly door: WebhookDoor,
    private readonly box: SecretBox,
  ) {}

  async post(post: WebhookPost): Promise<WebhookAnswer> {
    const body = Buffer.from(JSON.stringify(post.body));
    const startedAt = performance.now();
    const heard = await this.exchange(post, body);
    return { ...heard, ms: Math.round(performance.now() - startedAt) };
  }

  private async exchange(post: WebhookPost, body: Buffer): Promise<Omit<WebhookAnswer, 'ms'>> {
    try {
      const answer = await exchange({
        method: 'POST',
        url: post.url,
        headers: { 'content-type': 'application/json', 'user-agent': 'Peyk-Webhooks', ...this.proofOf(post, body) },
        body,
        timeoutMs,
        limitBytes: longestAnswer,
        agentFor: (url) => this.door.agentFor(url),
      });
      const isTaken = answer.status >= 200 && answer.status < 300;
      return {
        isTaken,
        status: answer.status,
        error: null,
        answer: beginningOf(answer.body),
        retryAfterMs: isTaken ? null : retryAfterMs(answer.headers['retry-after']),
      };
    } catch (error) {
      if (!(error instanceof ExchangeFailed)) {
        throw error;
      }
      return { isTaken: false, status: null, error: error.code, answer: '', retryAfterMs: null };
    }
  }

  /** While a secret is being replaced both sign: the receiver may know either. */
  private proofOf({ webhookId, secret, formerSecret, id }: WebhookPost, body: Buffer): Record<string, string> {
    const timestamp = String(Math.floor(Date.now() / 1000));
    const open = (sealed: Uint8Array) => this.box.open(sealed, secretPlace(webhookId));
    const signatures = [secret, formerSecret]
      .filter((sealed) => sealed !== null)
      .map((sealed) => signWebhook(open(sealed), { id, timestamp }, body));
    return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') };
  }
}

/** Where a webhook's secrets are sealed; the former one moves within its row and stays readable. */
export function secretPlace(id: string): { table: string; row: string; column: string } {
  return { table: 'webhook', row: id, column: 'secret' };
}

function beginningOf(body: Buffer): string {
  // What is cut inside a character ends in the sign for one that is missing.
  return storableText(body.toString('utf8', 0, shownOfAnswer * 4).slice(0, shownOfAnswer));
}
