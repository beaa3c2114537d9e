import { conflictOfPollers, refusal, success } from './bot-api-replies.js';
import { postUntilTaken, type Handed, type LoopbackReply } from './loopback-server.js';

/** An update as the bot gets it. */
export type Update = Record<string, unknown> & { update_id: number };

interface Webhook {
  url: string;
  secret: string | null;
  allowed: string[] | null;
  replaced: AbortController;
}

type Call = Record<string, unknown>;

/**
 * The queue of one bot's updates and its two ways out. Polling confirms by offset: what lies below the offset of a getUpdates is
 * forgotten, nothing before. The webhook gets one update at a time, again and again until it answers 2xx.
 */
export class BotUpdates {
  readonly all: Update[] = [];
  readonly pending: Update[] = [];
  private readonly stopped = new AbortController();
  private webhook: Webhook | null = null;
  private nextId = 1;
  private repeats = 0;
  private poller: { wake: () => void; dismiss: () => void } | null = null;
  private isDelivering = false;
  private isWoken = false;

  private readonly retryMs: number;
  private readonly onCall: (method: string) => void;

  /** `onCall` is told the method that a webhook's answer called. */
  constructor(retryMs: number, onCall: (method: string) => void) {
    this.retryMs = retryMs;
    this.onCall = onCall;
  }

  get webhookUrl(): string {
    return this.webhook?.url ?? '';
  }

  push(update: Record<string, unknown>): number {
    const id = typeof update['update_id'] === 'number' ? update['update_id'] : this.nextId;
    this.nextId = Math.max(this.nextId, id) + 1;
    const whole = { ...update, update_id: id };
    this.all.push(whole);
    this.pending.push(whole);
    this.poller?.wake();
    void this.deliverAll();
    return id;
  }

  repeat(times: number): void {
    this.repeats = times;
  }

  stop(): void {
    this.stopped.abort();
    this.poller?.dismiss();
  }

  async poll(call: Call, gone: AbortSignal): Promise<LoopbackReply> {
    if (this.webhook !== null) {
      return refusal(409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook first");
    }
    this.poller?.dismiss();
    this.confirmBelow(Number(call['offset'] ?? 0));
    const waitMs = Math.min(Number(call['timeout'] ?? 0), 50) * 1000;
    const isFirst = this.pending.length > 0 || waitMs === 0 || (await this.wait(waitMs, gone));
    if (!isFirst) {
      return conflictOfPollers();
    }
    const limit = Math.min(Number(call['limit'] ?? 100), 100);
    return success(this.pending.slice(0, limit));
  }

  setWebhook(call: Call): LoopbackReply {
    const url = typeof call['url'] === 'string' ? call['url'] : '';
    if (!URL.canParse(url)) {
      return refusal(400, 'Bad Request: bad webhook: invalid webhook URL specified');
    }
    const secret = typeof call['secret_token'] === 'string' ? call['secret_token'] : null;
    const allowed = Array.isArray(call['allowed_updates']) ? call['allowed_updates'].map(String) : null;
    this.webhook?.replaced.abort();
    this.webhook = { url, secret, allowed, replaced: new AbortController() };
    this.poller?.dismiss();
    void this.deliverAll();
    return success(true);
  }

  deleteWebhook(): LoopbackReply {
    this.webhook?.replaced.abort();
    this.webhook = null;
    return success(true);
  }

  private confirmBelow(offset: number): void {
    const keep = this.pending.filter(({ update_id }) => update_id >= offset);
    this.pending.splice(0, this.pending.length, ...keep);
  }

  /** Waits for an update; false when another poller took this one's place. */
  private wait(ms: number, gone: AbortSignal): Promise<boolean> {
    return new Promise((resolve) => {
      const finish = (isFirst: boolean) => {
        clearTimeout(timer);
        gone.removeEventListener('abort', hangUp);
        if (this.poller === me) {
          this.poller = null;
        }
        resolve(isFirst);
      };
      const timer = setTimeout(() => finish(true), ms);
      const hangUp = () => finish(true);
      gone.addEventListener('abort', hangUp);
      const me = { wake: () => finish(true), dismiss: () => finish(false) };
      this.poller = me;
    });
  }

  // One delivery runs at a time; whatever wakes it meanwhile gives it another turn.
  private async deliverAll(): Promise<void> {
    this.isWoken = true;
    if (this.isDelivering) {
      return;
    }
    this.isDelivering = true;
    while (this.isWoken) {
      this.isWoken = false;
      await this.deliverInOrder();
    }
    this.isDelivering = false;
  }

  // Each turn removes an update, follows a change of the webhook, or leaves, so this ends.
  private async deliverInOrder(): Promise<void> {
    for (let next = this.pending[0]; next !== undefined && this.webhook !== null; next = this.pending[0]) {
      const { webhook } = this;
      const isTaken = !isWanted(next, webhook) || (await this.deliver(next, webhook));
      if (isTaken) {
        this.pending.splice(this.pending.indexOf(next), 1);
      } else if (this.webhook === webhook) {
        return;
      }
    }
  }

  private async deliver(update: Update, webhook: Webhook): Promise<boolean> {
    let handed: Handed = null;
    for (let copy = 0; copy <= this.repeats; copy += 1) {
      const stop = AbortSignal.any([this.stopped.signal, webhook.replaced.signal]);
      const patience = { attempts: 300, firstDelayMs: this.retryMs, givesUpWhenRefused: false };
      handed = await postUntilTaken(() => post(update, webhook, stop), patience, stop);
    }
    if (handed === null || handed.status < 200 || handed.status >= 300) {
      return false;
    }
    this.hear(handed.body);
    return true;
  }

  private hear(answer: string): void {
    const call: unknown = answer.startsWith('{') ? JSON.parse(answer) : null;
    if (typeof call === 'object' && call !== null && 'method' in call && typeof call.method === 'string') {
      this.onCall(call.method);
    }
  }
}

function isWanted(update: Update, { allowed }: Webhook): boolean {
  return allowed === null || Object.keys(update).some((key) => allowed.includes(key));
}

function post(update: Update, { url, secret }: Webhook, stop: AbortSignal): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(secret === null ? {} : { 'x-telegram-bot-api-secret-token': secret }),
    },
    body: JSON.stringify(update),
    signal: AbortSignal.any([stop, AbortSignal.timeout(30_000)]),
  });
}
