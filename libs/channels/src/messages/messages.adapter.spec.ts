import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  jsonReply,
  listenOnLoopback,
  type LoopbackRequest,
  type LoopbackServer,
} from '../../../../tools/stand-ins/loopback-server.js';
import { type ChannelAccount, ForgedWebhook } from '../channel-adapter.js';
import type { InboundEvent, OutboundMessage } from '../message.js';
import { createMessagesAdapter } from './messages.adapter.js';
import { messagesConfig, messagesSecrets, type MessagesSettings } from './messages-settings.js';
import { checkWebhook, signWebhook } from './standard-webhook.js';

const secret = `whsec_${Buffer.from('a key of thirty-two bytes length').toString('base64')}`;
const now = new Date('2026-03-21T12:00:00Z');
const adapter = createMessagesAdapter({ now: () => now, sendTimeoutMs: 2000 });

function buildAccount(config: object = {}, secrets: object = {}): ChannelAccount<MessagesSettings> {
  const settings = { ...messagesConfig.parse(config), ...messagesSecrets.parse({ secret, ...secrets }) };
  return { id: 'c1', name: 'CRM', settings, publicUrl: null };
}

interface Post {
  body?: object;
  secondsAway?: number;
  key?: string;
  account?: ChannelAccount<MessagesSettings>;
}

async function receive({
  body,
  secondsAway = 0,
  key = secret,
  account = buildAccount(),
}: Post): Promise<InboundEvent[]> {
  const bytes = Buffer.from(JSON.stringify(body ?? { from: { id: '42' }, text: 'سلام' }));
  const stamp = { id: 'w1', timestamp: String(now.getTime() / 1000 + secondsAway) };
  const signature = `v1,b2xk ${signWebhook(key, stamp, bytes)}`;
  const headers = { 'webhook-id': stamp.id, 'webhook-timestamp': stamp.timestamp, 'webhook-signature': signature };
  const request = { method: 'POST', path: '', originalUrl: '/hooks/messages/c1', headers, body: bytes };
  return (await adapter.receive?.(request, account))?.events ?? [];
}

describe('a message of an own program', () => {
  it('comes from the program’s id of the person, in the channel’s own space', async () => {
    const body = { from: { id: '42', name: 'مریم' }, text: 'سلام', sentAt: '2026-03-21T15:29:00+03:30', replyTo: 'p1' };
    expect(await receive({ body })).toMatchObject([
      {
        type: 'message',
        externalId: 'w1',
        from: { kind: 'external', address: 'c1:42', trust: 'proven', name: 'مریم' },
        text: 'سلام',
        sentAt: new Date('2026-03-21T11:59:00Z'),
        replyTo: 'p1',
      },
    ]);
  });

  it('shares people with the channels of the same space only', async () => {
    expect(await receive({ account: buildAccount({ namespace: 'shop' }) })).toMatchObject([
      { from: { address: 'shop:42' } },
    ]);
  });

  it('brings addresses as claims only', async () => {
    const claims = { email: 'Maryam@Example.com', phone: '+98 912 123 4567' };
    expect(await receive({ body: { from: { id: '42' }, claims } })).toMatchObject([
      {
        claims: [
          { kind: 'email', address: 'maryam@example.com', source: 'form' },
          { kind: 'phone', address: '+989121234567', source: 'form' },
        ],
      },
    ]);
  });

  it('may be a receipt', async () => {
    const body = { type: 'receipt', message: 'p1', state: 'read' };
    expect(await receive({ body })).toMatchObject([{ type: 'receipt', providerId: 'p1', state: 'read', error: null }]);
  });

  it.each([-300, 0, 300])('is believed %i seconds away from now', async (secondsAway) => {
    expect(await receive({ secondsAway })).toHaveLength(1);
  });

  it.each([-301, 301])('is not believed %i seconds away from now', async (secondsAway) => {
    await expect(receive({ secondsAway })).rejects.toThrow(ForgedWebhook);
  });

  it('is believed under the former secret while it is rotated, and under no other', async () => {
    const former = 'the former secret';
    const rotating = buildAccount({}, { previousSecret: former });
    expect(await receive({ key: former, account: rotating })).toHaveLength(1);
    await expect(receive({ key: former })).rejects.toThrow(ForgedWebhook);
  });
});

describe('the signature', () => {
  it('is the one of the Standard Webhooks specification', () => {
    // The worked example of the specification's reference libraries.
    const key = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
    const stamp = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', timestamp: '1614265330' };
    const signature = signWebhook(key, stamp, Buffer.from('{"test": 2432232314}'));
    expect(signature).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
  });

  it('covers id, time and body', () => {
    const stamp = { id: 'a', timestamp: '1000' };
    const body = Buffer.from('x');
    const signature = signWebhook(secret, stamp, body);
    const check =
      (proof: object, bytes = body) =>
      () =>
        checkWebhook([secret], { ...stamp, signature, ...proof }, { body: bytes, now: new Date(1_000_000) });
    expect(check({})).not.toThrow();
    expect(check({ id: 'b' })).toThrow(ForgedWebhook);
    expect(check({ timestamp: '1001' })).toThrow(ForgedWebhook);
    expect(check({ timestamp: '' })).toThrow(ForgedWebhook);
    expect(check({}, Buffer.from('y'))).toThrow(ForgedWebhook);
  });
});

describe('a message to an own program', () => {
  let program: LoopbackServer;
  let seen: LoopbackRequest[];
  let status: number;

  beforeEach(async () => {
    seen = [];
    status = 200;
    program = await listenOnLoopback((request) => {
      seen.push(request);
      return jsonReply(status, {});
    });
  });
  afterEach(() => program.close());

  function buildMessage(address: string): OutboundMessage {
    const to = { kind: 'external' as const, address };
    return { id: 'm1', to, toName: 'مریم', text: 'سلام', attachments: [], mail: null, replyTo: 'w1' };
  }

  function proofOf(request: LoopbackRequest | undefined) {
    const headers = request?.headers ?? {};
    const [id, timestamp, signature] = ['id', 'timestamp', 'signature'].map((name) => headers[`webhook-${name}`] ?? '');
    return { id: id ?? '', timestamp: timestamp ?? '', signature: signature ?? '' };
  }

  it('is signed, and keyed so that a repeat is known as one', async () => {
    const sent = await adapter.send?.(buildMessage('c1:42'), buildAccount({ url: program.url }));
    expect(sent).toEqual({ providerId: 'm1', state: 'sent' });
    const [request] = seen;
    expect(request?.headers).toMatchObject({ 'webhook-id': 'm1', 'idempotency-key': 'm1' });
    const body = request?.body ?? Buffer.from('');
    expect(() => checkWebhook([secret], proofOf(request), { body, now })).not.toThrow();
    expect(JSON.parse(body.toString())).toMatchObject({
      id: 'm1',
      to: { id: '42', name: 'مریم' },
      text: 'سلام',
      replyTo: 'w1',
    });
  });

  it('goes to no one of another space', async () => {
    const account = buildAccount({ url: program.url });
    await expect(adapter.send?.(buildMessage('c2:42'), account)).rejects.toMatchObject({ code: 'not_reachable' });
    expect(seen).toEqual([]);
  });

  it('may be tried again after a failure in doubt, because it is keyed', async () => {
    status = 500;
    await expect(adapter.send?.(buildMessage('c1:42'), buildAccount({ url: program.url }))).rejects.toMatchObject({
      retry: 'soon',
      doubtful: true,
    });
  });

  it('waits until the channel has an address', async () => {
    await expect(adapter.send?.(buildMessage('c1:42'), buildAccount())).rejects.toMatchObject({
      code: 'misconfigured',
      retry: 'after-reconnect',
    });
  });
});
