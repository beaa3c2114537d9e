import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  listenOnLoopback,
  type LoopbackRequest,
  type LoopbackServer,
} from '../../../../../tools/stand-ins/loopback-server.js';
import { type ChannelAccount, ForgedWebhook, UnreadableWebhook, type WebhookRequest } from '../../channel-adapter.js';
import type { OutboundMessage } from '../../message.js';
import { createSmsAdapter } from '../sms.adapter.js';
import { smsConfig, smsSecrets, type SmsSettings } from '../sms-settings.js';

const adapter = createSmsAdapter({ sendTimeoutMs: 2000 });
const inboundSecret = 'inbound-secret-of-this-spec';
let server: LoopbackServer;
let seen: LoopbackRequest[];
let reply: { status: number; body: string };

beforeEach(async () => {
  seen = [];
  reply = { status: 200, body: '{"ok":true,"data":{"ids":[77]}}' };
  server = await listenOnLoopback((request) => {
    seen.push(request);
    return reply;
  });
});

afterEach(() => server.close());

function buildAccount(config: object): ChannelAccount<SmsSettings> {
  const parsed = smsConfig.parse({ driver: 'gateway', from: 'Peyk', ...config });
  const settings = { ...parsed, ...smsSecrets.parse({ apiKey: 'key/with?signs', inboundSecret }) } as SmsSettings;
  return { id: 'c1', name: 'SMS', settings, publicUrl: null };
}

function buildMessage(more: Partial<OutboundMessage> = {}): OutboundMessage {
  const to = { kind: 'phone' as const, address: '+989121234567' };
  return { id: 'm1', to, toName: '', text: 'سلام', attachments: [], mail: null, replyTo: null, ...more };
}

const response = { success: { path: 'ok', values: [true] }, id: 'data.ids[0]', error: 'why' };

describe('sending over a gateway', () => {
  it('fills a JSON body without letting a text break out of it', async () => {
    const body = { as: 'json', value: { to: ['{toDigits}'], message: { body: '{text}', ref: '{id}' }, flash: false } };
    const text = '","to":["989000000000"],"x":"\n{secret}';
    const account = buildAccount({ request: { url: `${server.url}/send`, body }, response });
    expect(await adapter.send?.(buildMessage({ text }), account)).toEqual({ providerId: '77', state: 'sent' });
    expect(JSON.parse(seen[0]?.body.toString() ?? '')).toEqual({
      to: ['989121234567'],
      message: { body: text, ref: 'm1' },
      flash: false,
    });
  });

  it('fills a form and the URL without letting a text add fields', async () => {
    const body = { as: 'form', fields: { receptor: '{toNational}', message: '{text}' } };
    const url = `${server.url}/v1/{secret}/send?line={from}`;
    await adapter.send?.(buildMessage({ text: 'a&receptor=1#ی' }), buildAccount({ request: { url, body }, response }));
    expect(seen[0]?.path).toBe('/v1/key%2Fwith%3Fsigns/send');
    expect(Object.fromEntries(seen[0]?.query ?? [])).toEqual({ line: 'Peyk' });
    const fields = new URLSearchParams(seen[0]?.body.toString());
    expect([...fields]).toEqual([
      ['receptor', '09121234567'],
      ['message', 'a&receptor=1#ی'],
    ]);
  });

  it('sends by GET and puts the key into a header', async () => {
    const request = { method: 'GET', url: `${server.url}/send?to={to}&text={text}`, headers: { 'X-Key': '{secret}' } };
    await adapter.send?.(buildMessage({ text: 'a b\r\nX-Evil: 1' }), buildAccount({ request, response }));
    expect(Object.fromEntries(seen[0]?.query ?? [])).toEqual({ to: '+989121234567', text: 'a b\r\nX-Evil: 1' });
    expect(seen[0]?.headers).toMatchObject({ 'x-key': 'key/with?signs' });
  });

  it('never writes a line break into a header', async () => {
    const request = { url: `${server.url}/send`, headers: { 'x-text': '{text}' } };
    await adapter.send?.(buildMessage({ text: 'a\r\nX-Evil: 1' }), buildAccount({ request, response }));
    expect(seen[0]?.headers['x-evil']).toBeUndefined();
    expect(seen[0]?.headers['x-text']).toBe('a%0D%0AX-Evil%3A%201');
  });

  it.each([
    [
      'a failure inside a 200',
      200,
      '{"ok":false,"why":"no credit"}',
      { code: 'refused', retry: 'never', doubtful: false },
    ],
    ['an answer that states nothing', 200, '<html>', { code: 'unreadable_answer', retry: 'never', doubtful: true }],
    ['a refused key', 403, '{}', { code: 'unauthorized', retry: 'after-reconnect', doubtful: false }],
    ['a wrong address', 404, '', { code: 'misconfigured', retry: 'after-reconnect', doubtful: false }],
    ['a server error', 500, '', { code: 'provider_failed', retry: 'never', doubtful: true }],
  ])('tells %s apart', async (_, status, body, expected) => {
    reply = { status, body };
    const account = buildAccount({ request: { url: `${server.url}/send` }, response });
    await expect(adapter.send?.(buildMessage(), account)).rejects.toMatchObject(expected);
  });

  it('shows the provider’s reason, without the key that it may quote', async () => {
    reply = { status: 200, body: JSON.stringify({ ok: false, why: 'bad request /v1/key/with?signs/send' }) };
    const account = buildAccount({ request: { url: `${server.url}/send` }, response });
    await expect(adapter.send?.(buildMessage(), account)).rejects.toThrow('bad request /v1/…/send');
  });

  it('takes every 2xx as success where the answer is not described', async () => {
    reply = { status: 202, body: '' };
    const account = buildAccount({ request: { url: `${server.url}/send` } });
    expect(await adapter.send?.(buildMessage(), account)).toEqual({ providerId: null, state: 'sent' });
  });
});

describe('what a gateway pushes', () => {
  const message = { from: 'sender', text: 'body', id: 'id', time: 'at' };
  const status = { id: 'ref', state: 'code', states: { '4': 'delivered', '6': 'failed' }, error: 'reason' };
  const byQuery = { request: { url: 'http://x/' }, inbound: { proof: { as: 'query', name: 'k' }, message, status } };

  function buildPush(more: Partial<WebhookRequest>): WebhookRequest {
    const originalUrl = `/hooks/sms/c1?k=${inboundSecret}`;
    return { method: 'POST', path: '', originalUrl, headers: {}, body: Buffer.from(''), ...more };
  }

  async function receive(request: WebhookRequest, config: object = byQuery) {
    return (await adapter.receive?.(request, buildAccount(config)))?.events[0];
  }

  it('is read from a GET, with its time', async () => {
    const fields = new URLSearchParams({ k: inboundSecret, sender: '09121234567', body: 'سلام', at: '1700000000' });
    expect(
      await receive(buildPush({ method: 'GET', originalUrl: `/hooks/sms/c1?${fields.toString()}` })),
    ).toMatchObject({
      type: 'message',
      from: { kind: 'phone', address: '+989121234567' },
      text: 'سلام',
      sentAt: new Date(1_700_000_000_000),
      externalId: expect.stringMatching(/^.{20,}$/),
    });
  });

  it('repeats itself under the same id also where the gateway gives none', async () => {
    const push = (text: string) =>
      receive(buildPush({ body: Buffer.from(`sender=09121234567&body=${text}&at=2026-01-01T10:00:00Z`) }));
    expect((await push('a'))?.externalId).toBe((await push('a'))?.externalId);
    expect((await push('a'))?.externalId).not.toBe((await push('b'))?.externalId);
  });

  it('is never taken for a repeat without an id and a time', async () => {
    const event = await receive(buildPush({ body: Buffer.from('sender=09121234567&body=ok') }));
    expect(event?.externalId).toBeNull();
  });

  it('reads reports by the map of states', async () => {
    const push = (body: string) =>
      receive(buildPush({ headers: { 'content-type': 'application/json' }, body: Buffer.from(body) }));
    expect(await push('{"ref":77,"code":4}')).toMatchObject({ type: 'receipt', providerId: '77', state: 'delivered' });
    expect(await push('{"ref":77,"code":6,"reason":"off"}')).toMatchObject({ state: 'failed', error: 'off' });
    expect(await push('{"ref":77,"code":99}')).toMatchObject({ type: 'ignored', reason: 'status:99' });
  });

  it('is proven by an HMAC of the body where the gateway can', async () => {
    const proof = { as: 'hmac', name: 'X-Signature', prefix: 'sha256=' };
    const config = { request: { url: 'http://x/' }, inbound: { proof, message } };
    const body = Buffer.from('sender=09121234567&body=ok');
    const mac = createHmac('sha256', inboundSecret).update(body).digest('hex');
    const signed = { headers: { 'x-signature': `sha256=${mac}` }, body };
    expect(await receive(buildPush(signed), config)).toMatchObject({ type: 'message', text: 'ok' });
    await expect(receive(buildPush({ ...signed, body: Buffer.from('sender=1') }), config)).rejects.toThrow(
      ForgedWebhook,
    );
    const replayed = buildPush({ ...signed, method: 'GET', originalUrl: '/hooks/sms/c1?sender=09121234567&body=evil' });
    await expect(receive(replayed, config)).rejects.toThrow(ForgedWebhook);
  });

  it('is refused without the secret, and by a channel that takes nothing in', async () => {
    await expect(receive(buildPush({ originalUrl: '/hooks/sms/c1?k=wrong' }))).rejects.toThrow(ForgedWebhook);
    await expect(receive(buildPush({}), { request: { url: 'http://x/' } })).rejects.toThrow(ForgedWebhook);
  });

  it('names the field that is missing', async () => {
    await expect(receive(buildPush({ body: Buffer.from('body=x') }))).rejects.toThrow(UnreadableWebhook);
    await expect(receive(buildPush({ body: Buffer.from('body=x') }))).rejects.toThrow('sender is missing');
  });
});

describe('the settings of an SMS channel', () => {
  it.each([
    [{}, 'driver'],
    [{ driver: 'twilio', accountSid: 'AC1', from: '+1' }, 'accountSid'],
    [{ driver: 'twilio', accountSid: `AC${'0'.repeat(32)}` }, 'from'],
    [{ driver: 'gateway', request: { url: 'http://{to}/x' } }, 'request.url'],
    [{ driver: 'gateway', request: { url: 'http://x/' }, response: { id: 'a b' } }, 'response.id'],
  ])('names what is wrong in %j', (config, path) => {
    const issues = smsConfig.safeParse(config).error?.issues.map((issue) => issue.path.join('.'));
    expect(issues).toContain(path);
  });
});
