import { createHmac } from 'node:crypto';
import { jest } from '@jest/globals';
import type { WebhookDeliveryView, WebhookSecretView, WebhookView, Page } from '#contract';
import { signWebhook } from '../../libs/channels/src/messages/standard-webhook.js';
import { listenOnLoopback, type LoopbackReply } from '../../tools/stand-ins/loopback-server.js';
import { WebhookDoor } from '../../apps/hub/src/webhooks/webhook-door.js';
import { WebhookRelay } from '../../apps/hub/src/webhooks/webhook.relay.js';
import { buildAgent, signedIn, type Caller } from './build-rows.js';
import { startTestHub, type TestHub } from './start-hub.js';
import { until } from './until.js';

/** What a webhook was told, as its receiver keeps it. */
export interface Told {
  id: string;
  headers: Record<string, string>;
  body: string;
  event: { type: string; timestamp: string; data: Record<string, unknown> };
}

/** A program of the organisation's that takes webhooks. */
export interface Receiver {
  url: string;
  told: Told[];
  /** What it answers; 200 unless a test says otherwise. */
  answer: (told: Told) => LoopbackReply;
  close(): Promise<void>;
}

export async function startReceiver(): Promise<Receiver> {
  const receiver: Receiver = { url: '', told: [], answer: () => ({ status: 200, body: 'ok' }), close: async () => {} };
  const server = await listenOnLoopback(({ headers, body }) => {
    const text = body.toString();
    const told = { id: headers['webhook-id'] ?? '', headers, body: text, event: JSON.parse(text) as Told['event'] };
    receiver.told.push(told);
    return receiver.answer(told);
  });
  return Object.assign(receiver, { url: server.url, close: () => server.close() });
}

/** The check that a receiver makes, written from the specification and not from the hub. */
export function isSignedWith(secret: string, { id, headers, body }: Told): boolean {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const mac = createHmac('sha256', key)
    .update(`${id}.${headers['webhook-timestamp'] ?? ''}.${body}`)
    .digest('base64');
  return (headers['webhook-signature'] ?? '').split(' ').includes(`v1,${mac}`);
}

const channelSecret = 'a secret of thirty-two characters';

/** A hub with a channel to speak on, an administrator, and webhooks that may reach this machine. */
export interface WebhookScene {
  hub: TestHub;
  admin: Caller;
  receiver: Receiver;
  /** The way out, which leads to this machine unless a test puts a guard there. */
  door: jest.SpiedFunction<WebhookDoor['agentFor']>;
  /** A customer writes; resolves once it is stored. */
  say(who: string, text: string): Promise<void>;
  add(wish?: object): Promise<WebhookSecretView>;
  get(id: string): Promise<WebhookView>;
  deliveries(id: string): Promise<WebhookDeliveryView[]>;
  /** Makes all that waits for another try due now. */
  hurry(): Promise<void>;
  close(): Promise<void>;
}

export async function startWebhookScene(): Promise<WebhookScene> {
  const [hub, receiver] = [await startTestHub({ env: { OUTBOUND_ALLOW: '127.0.0.0/8' } }), await startReceiver()];
  const door = jest.spyOn(hub.app.get(WebhookDoor), 'agentFor').mockReturnValue(undefined);
  const admin = await signedIn(hub, (await buildAgent(hub.database, { role: 'admin', name: 'Root' })).id);
  const channel = await admin.call<{ id: string }>('/api/channels', {
    body: { kind: 'messages', name: 'CRM', secrets: { secret: channelSecret } },
  });
  let sent = 0;
  return {
    hub,
    admin,
    receiver,
    door,
    say: async (who, text) => {
      sent += 1;
      const body = JSON.stringify({ from: { id: who, name: who }, text });
      const stamp = { id: `said-${sent}`, timestamp: String(Math.floor(Date.now() / 1000)) };
      const response = await fetch(`${hub.url}/hooks/messages/${channel.body.id}`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'webhook-id': stamp.id,
          'webhook-timestamp': stamp.timestamp,
          'webhook-signature': signWebhook(channelSecret, stamp, Buffer.from(body)),
        },
        body,
      });
      if (response.status !== 200) {
        throw new Error(await response.text());
      }
    },
    add: async (wish = {}) => {
      const body = { name: 'Store', url: receiver.url, types: ['message.received'], ...wish };
      const answer = await admin.call<WebhookSecretView>('/api/webhooks', { body });
      if (answer.status !== 201) {
        throw new Error(answer.text);
      }
      return answer.body;
    },
    get: async (id) => {
      const { body } = await admin.call<WebhookView[]>('/api/webhooks');
      return body.find((one) => one.id === id) as WebhookView;
    },
    deliveries: async (id) =>
      (await admin.call<Page<WebhookDeliveryView>>(`/api/webhooks/${id}/deliveries?limit=100`)).body.rows,
    hurry: async () => {
      await hub.database.query(`update webhook_delivery set due_at = clock_timestamp() where state = 'queued'`);
      await hub.database.query(`update webhook set rest_until = '-infinity'`);
      hub.app.get(WebhookRelay).wake();
    },
    close: async () => {
      jest.restoreAllMocks();
      await hub.stop();
      await receiver.close();
    },
  };
}

/** Waits until a receiver was told this many things of a kind, and gives them. */
export async function toldBy(receiver: Receiver, count: number, fits: (told: Told) => boolean = () => true) {
  return until(
    () => Promise.resolve(receiver.told.filter(fits)),
    (told) => told.length >= count,
  );
}
