import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startBotApi, type BotApiStandIn } from './bot-api.js';
import { listenOnLoopback, type LoopbackRequest, type LoopbackServer } from './loopback-server.js';

let api: BotApiStandIn;
let hub: LoopbackServer;
let taken: LoopbackRequest[];
let answerWith: number[];
let heard: () => void;

beforeEach(async () => {
  api = await startBotApi({ retryMs: 1 });
  taken = [];
  answerWith = [];
  heard = () => undefined;
  hub = await listenOnLoopback((request) => {
    taken.push(request);
    const status = answerWith.shift() ?? 200;
    heard();
    return { status };
  });
});

afterEach(async () => {
  await api.close();
  await hub.close();
});

interface Answer {
  ok: boolean;
  error_code?: number;
  description?: string;
  parameters?: { retry_after: number };
  result?: unknown;
}

async function call(method: string, payload: object = {}, token = api.token): Promise<Answer> {
  const response = await fetch(`${api.url}/bot${token}/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(payload),
  });
  return (await response.json()) as Answer;
}

/** Resolves when the hub has been asked so many times. */
function hubAsked(times: number): Promise<void> {
  return new Promise((resolve) => {
    heard = () => (taken.length >= times ? resolve() : undefined);
    heard();
  });
}

describe('the Bot API stand-in, polled', () => {
  it('forgets an update only when a later offset confirms it', async () => {
    api.customer(1).say('one');
    api.customer(1).say('two');
    expect((await call('getUpdates')).result).toHaveLength(2);
    expect((await call('getUpdates', { offset: 1 })).result).toHaveLength(2);
    expect((await call('getUpdates', { offset: 2 })).result).toMatchObject([{ update_id: 2 }]);
    expect(api.pending()).toBe(1);
  });

  it('holds a long poll until something comes', async () => {
    const waiting = call('getUpdates', { timeout: 20 });
    while (api.calls.length === 0) {
      await new Promise(setImmediate);
    }
    api.customer(1).say('now');
    expect((await waiting).result).toHaveLength(1);
  });

  it('lets a second poller push the first one out', async () => {
    const first = call('getUpdates', { timeout: 20 });
    while (api.calls.length === 0) {
      await new Promise(setImmediate);
    }
    await call('getUpdates');
    expect(await first).toMatchObject({ ok: false, error_code: 409 });
  });

  it('refuses to be polled while a webhook is set', async () => {
    await call('setWebhook', { url: hub.url });
    expect(await call('getUpdates')).toMatchObject({ error_code: 409 });
    await call('deleteWebhook');
    expect(await call('getUpdates')).toMatchObject({ ok: true });
  });
});

describe('the Bot API stand-in, with a webhook', () => {
  it('posts in order, with the secret, and repeats what is not taken', async () => {
    answerWith = [500, 404];
    await call('setWebhook', { url: hub.url, secret_token: 'shh' });
    api.customer(1).say('one');
    api.customer(1).say('two');
    await hubAsked(4);
    const ids = taken.map(({ body }) => (JSON.parse(body.toString('utf8')) as { update_id: number }).update_id);
    expect(ids).toEqual([1, 1, 1, 2]);
    expect(taken[0]?.headers['x-telegram-bot-api-secret-token']).toBe('shh');
  });

  it('posts more often than needed when told to', async () => {
    api.repeatWebhooks(2);
    await call('setWebhook', { url: hub.url });
    api.customer(1).say('one');
    await hubAsked(3);
    expect(new Set(taken.map(({ body }) => body.toString())).size).toBe(1);
  });

  it('follows a webhook that moves while an update waits', async () => {
    await call('setWebhook', { url: 'http://127.0.0.1:1' });
    api.customer(1).say('one');
    await call('setWebhook', { url: hub.url });
    await hubAsked(1);
    expect(taken).toHaveLength(1);
  });

  it('sends only the kinds that were asked for', async () => {
    await call('setWebhook', { url: hub.url, allowed_updates: ['message'] });
    api.push({ my_chat_member: {} });
    api.customer(1).say('two');
    await hubAsked(1);
    expect(taken[0]?.body.toString()).toContain('two');
  });
});

describe('the Bot API stand-in, sent through', () => {
  it('records what each customer sees, in order', async () => {
    await call('sendMessage', { chat_id: 1, text: 'a' });
    await call('sendMessage', { chat_id: 2, text: 'b' });
    await call('sendMessage', { chat_id: 1, text: 'c' });
    expect(api.receivedBy(1).map(({ text }) => text)).toEqual(['a', 'c']);
    expect(api.received).toHaveLength(3);
  });

  it.each([
    ['an empty text', { chat_id: 1, text: ' ' }, 400],
    ['a long text', { chat_id: 1, text: 'x'.repeat(4097) }, 400],
    ['no chat', { text: 'x' }, 400],
  ])('refuses %s as Telegram does', async (_, payload, error_code) => {
    expect(await call('sendMessage', payload)).toMatchObject({ ok: false, error_code });
    expect(api.received).toEqual([]);
  });

  it('refuses a wrong token and an unknown method', async () => {
    expect(await call('getMe', {}, '1:wrong')).toMatchObject({ error_code: 401 });
    expect(await call('sendNothing')).toMatchObject({ error_code: 404 });
  });

  it('refuses sends to a customer who blocked the bot, until they unblock it', async () => {
    api.customer(1).block();
    expect(await call('sendMessage', { chat_id: 1, text: 'x' })).toMatchObject({ error_code: 403 });
    api.customer(1).unblock();
    expect(await call('sendMessage', { chat_id: 1, text: 'x' })).toMatchObject({ ok: true });
  });

  it('takes armed faults one by one', async () => {
    api.faults.arm('rate_limit', { times: 2, retryAfter: 9 });
    api.faults.arm('cut_after', { only: 'sendMessage' });
    const limited = { error_code: 429, parameters: { retry_after: 9 } };
    expect(await call('sendMessage', { chat_id: 1, text: 'x' })).toMatchObject(limited);
    expect(await call('getMe')).toMatchObject(limited);
    await expect(call('sendMessage', { chat_id: 1, text: 'taken' })).rejects.toThrow('fetch failed');
    expect(api.received.map(({ text }) => text)).toEqual(['taken']);
    expect(await call('sendMessage', { chat_id: 1, text: 'x' })).toMatchObject({ ok: true });
  });

  it('hands out files that customers sent', async () => {
    api.customer(1).sendFile({ as: 'photo', bytes: Buffer.from('jpg'), name: '', mediaType: 'image/jpeg' });
    const [update] = api.sent as unknown as [{ message: { photo: { file_id: string }[] } }];
    const { result } = await call('getFile', { file_id: update.message.photo[0]?.file_id });
    const { file_path } = result as { file_path: string };
    const file = await fetch(`${api.url}/file/bot${api.token}/${file_path}`);
    expect(await file.text()).toBe('jpg');
  });
});
