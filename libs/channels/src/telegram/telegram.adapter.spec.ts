import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type ChannelAccount, ChannelError, ForgedWebhook } from '../channel-adapter.js';
import type { OutboundAttachment, OutboundMessage } from '../message.js';
import { standInToken, startBotApi, type BotApiStandIn } from '../../../../tools/stand-ins/bot-api.js';
import { createTelegramAdapter } from './telegram.adapter.js';
import { telegramConfig, telegramSecrets, type TelegramSettings } from './telegram-settings.js';

const webhookSecret = 'a-webhook-secret-of-this-spec';
const bot = standInToken.split(':', 1)[0] ?? '';
const bale = (chat: number) => ({ kind: 'telegram' as const, address: `bale:${String(chat)}` });
const running = () => new AbortController().signal;

let api: BotApiStandIn;
const adapter = createTelegramAdapter({ longPollSeconds: 1, callTimeoutMs: 15_000 });

beforeEach(async () => {
  api = await startBotApi({ retryMs: 5 });
});

/** Whatever a test asks of the bot, it asks by the published rules. */
afterEach(async () => {
  expect(api.brokenRules).toEqual([]);
  await api.close();
});

function buildAccount(
  config: object = {},
  publicUrl: string | null = null,
  secrets: object = {},
): ChannelAccount<TelegramSettings> {
  const settings = {
    ...telegramConfig.parse({ apiRoot: api.url, ...config }),
    ...telegramSecrets.parse({ token: api.token, webhookSecret, ...secrets }),
  };
  return { id: 'channel-1', name: 'Bot', settings, publicUrl };
}

function buildMessage(more: Partial<OutboundMessage> = {}): OutboundMessage {
  const to = { kind: 'telegram' as const, address: '42' };
  return { id: 'm1', to, toName: '', text: 'hello', attachments: [], mail: null, replyTo: null, ...more };
}

function buildFile(name: string, mediaType: string, size: number): OutboundAttachment {
  return { name, mediaType, bytes: size, open: () => Readable.from([Buffer.alloc(size, 1)]) };
}

async function failureOf(promise: Promise<unknown> | undefined): Promise<ChannelError> {
  const error: unknown = await promise?.then(
    () => null,
    (caught: unknown) => caught,
  );
  if (!(error instanceof ChannelError)) {
    throw new Error('expected a ChannelError', { cause: error });
  }
  return error;
}

async function poll(cursor: unknown, signal = running(), account = buildAccount()) {
  const polled = await adapter.poll?.(account, cursor, signal);
  if (polled === undefined) {
    throw new Error('no poll');
  }
  return polled;
}

describe('polling a bot', () => {
  it('confirms updates to Telegram only by the next poll, so that nothing unstored is forgotten', async () => {
    api.customer(42).say('first');
    api.customer(42).say('second');
    const first = await poll(null);
    expect(first.events.map((event) => event.type === 'message' && event.text)).toEqual(['first', 'second']);
    expect(api.pending()).toBe(2);
    expect(await poll(null)).toEqual(first);
    api.customer(42).say('third');
    const next = await poll(first.cursor);
    expect(next.events.map((event) => event.externalId)).toEqual([`${bot}:u3`]);
    expect(api.pending()).toBe(1);
  });

  it('waits at Telegram and hears at once', async () => {
    const polled = poll(null);
    api.customer(42).say('now');
    expect((await polled).events).toHaveLength(1);
  });

  it('stops when told to, and keeps its place', async () => {
    const stop = new AbortController();
    const polled = poll({ offset: 17 }, stop.signal);
    stop.abort();
    expect(await polled).toEqual({ events: [], cursor: { offset: 17 } });
    expect(await poll({ offset: 17 }, AbortSignal.abort())).toEqual({ events: [], cursor: { offset: 17 } });
  });

  it('moves past an update that it cannot read', async () => {
    api.push({ update_id: 70, message: { text: 5 } });
    const { events, cursor } = await poll(null);
    expect(events).toMatchObject([{ type: 'ignored', externalId: `${bot}:u70` }]);
    expect(cursor).toEqual({ offset: 71 });
  });

  it('leaves it to the hub to answer a press, which must be stored first', async () => {
    api.customer(42).press('yes', 1);
    expect((await poll(null)).events).toMatchObject([{ kind: 'keys', pressId: expect.any(String) }]);
    expect(api.calls).toEqual(['getUpdates']);
  });

  it.each([
    ['unauthorized', 'unauthorized', 'after-reconnect'],
    ['conflict', 'another_poller', 'soon'],
    ['rate_limit', 'rate_limited', 'soon'],
    ['server_error', 'provider_failed', 'soon'],
    ['cut_after', 'unreachable', 'soon'],
  ] as const)('tells %s apart as %s', async (fault, code, retry) => {
    api.faults.arm(fault, { retryAfter: 3 });
    const error = await failureOf(poll(null));
    expect(error).toMatchObject({ code, retry, doubtful: false, retryAfterMs: fault === 'rate_limit' ? 3000 : null });
  });

  it('names the webhook that stands in the way', async () => {
    await adapter.connect?.(buildAccount({ mode: 'webhook' }, 'http://127.0.0.1:1'));
    expect(await failureOf(poll(null))).toMatchObject({ code: 'webhook_set', retry: 'after-reconnect' });
    await adapter.connect?.(buildAccount());
    expect((await poll(null)).events).toEqual([]);
  });
});

describe('a webhook of a bot', () => {
  const request = (secret: string | undefined, body: string) => ({
    method: 'POST',
    path: '',
    originalUrl: '/hooks/telegram/channel-1',
    headers: { 'x-telegram-bot-api-secret-token': secret },
    body: Buffer.from(body),
  });

  it('is refused before anything of it is read', () => {
    for (const secret of [undefined, '', 'wrong', webhookSecret.slice(1)]) {
      expect(() => adapter.receive?.(request(secret, 'no JSON'), buildAccount())).toThrow(ForgedWebhook);
    }
  });

  it('is refused as long as no secret is set', () => {
    const { webhookSecret: _unset, ...settings } = buildAccount().settings;
    const account = { ...buildAccount(), settings };
    expect(() => adapter.receive?.(request('', '{"update_id":1}'), account)).toThrow(ForgedWebhook);
  });

  it('is set with its secret, and only with an address and a secret', async () => {
    const account = buildAccount({ mode: 'webhook' }, 'http://127.0.0.1:1');
    await adapter.connect?.(account);
    expect(api.calls).toEqual(['setWebhook']);
    expect(await failureOf(adapter.connect?.({ ...account, publicUrl: null }))).toMatchObject({
      code: 'misconfigured',
    });
  });
});

describe('sending through a bot', () => {
  it('sends a long text in order and names its first part', async () => {
    const text = 'سلام 👨‍👩‍👧 '.repeat(400);
    const sent = await adapter.send?.(buildMessage({ text }), buildAccount());
    expect(api.received.map((delivery) => delivery.text).join('')).toBe(text);
    expect(api.received).toHaveLength(2);
    expect(sent).toEqual({ providerId: `${bot}:42:${String(api.received[0]?.messageId)}`, state: 'sent', parts: 2 });
  });

  it('answers the message that it replies to, in its own chat only', async () => {
    await adapter.send?.(buildMessage({ replyTo: `${bot}:42:9` }), buildAccount());
    await adapter.send?.(buildMessage({ replyTo: `${bot}:43:9` }), buildAccount());
    expect(api.received.map(({ replyTo }) => replyTo)).toEqual([9, null]);
  });

  it('lets a short text ride on the first file, and sends large pictures as documents', async () => {
    const attachments = [buildFile('a.png', 'image/png', 10), buildFile('b.png', 'image/png', 11 * 1024 * 1024)];
    await adapter.send?.(buildMessage({ text: 'two', attachments }), buildAccount());
    expect(api.received.map(({ method, text, file }) => [method, text, file?.name])).toEqual([
      ['sendPhoto', 'two', 'a.png'],
      ['sendDocument', '', 'b.png'],
    ]);
  });

  it('sends a text that is too long for a caption before the file', async () => {
    const attachments = [buildFile('a.pdf', 'application/pdf', 10)];
    await adapter.send?.(buildMessage({ text: 'x'.repeat(1025), attachments }), buildAccount());
    expect(api.received.map(({ method }) => method)).toEqual(['sendMessage', 'sendDocument']);
  });

  it('keeps a file name from breaking out of its header', async () => {
    const attachments = [buildFile('a"\r\nX-Evil: 1.pdf', 'application/pdf', 3)];
    await adapter.send?.(buildMessage({ attachments }), buildAccount());
    expect(api.received[0]?.file).toMatchObject({ name: 'a___X-Evil: 1.pdf', bytes: 3 });
  });

  it('goes on behind the parts that left when it was told to wait in between', async () => {
    const attachments = [buildFile('a.pdf', 'application/pdf', 3)];
    const message = buildMessage({ text: 'x'.repeat(2000), attachments });
    api.faults.arm('rate_limit', { only: 'sendDocument', retryAfter: 3 });
    const error = await failureOf(adapter.send?.(message, buildAccount()));
    const providerId = `${bot}:42:${String(api.received[0]?.messageId)}`;
    expect(error).toMatchObject({
      code: 'rate_limited',
      retry: 'soon',
      doubtful: false,
      retryAfterMs: 3000,
      left: { parts: 1, providerId },
    });
    const sent = await adapter.send?.({ ...message, sentParts: 1 }, buildAccount());
    expect(sent).toMatchObject({ providerId: null, parts: 1 });
    expect(api.received.map(({ method }) => method)).toEqual(['sendMessage', 'sendDocument']);
  });

  it('is in doubt once a part has left and a later one is refused or lost', async () => {
    const attachments = [buildFile('a.pdf', 'application/pdf', 3)];
    for (const fault of ['refused', 'cut_before'] as const) {
      api.faults.arm(fault, { only: 'sendDocument' });
      const sending = adapter.send?.(buildMessage({ text: 'x'.repeat(2000), attachments }), buildAccount());
      expect(await failureOf(sending)).toMatchObject({ code: 'partly_sent', retry: 'never', doubtful: true });
    }
    expect(api.received).toHaveLength(2);
  });

  it('says what agents mark, and says it plainly where the messenger cannot read marks', async () => {
    const text = '**فوری**: 1 < 2 & [راهنما](https://x.example/?a=1&b=2)';
    await adapter.send?.(buildMessage({ text }), buildAccount());
    expect(api.received[0]).toMatchObject({
      text: 'فوری: 1 < 2 & راهنما',
      entities: [
        { type: 'bold', offset: 0, length: 4 },
        { type: 'text_link', offset: 14, length: 6, url: 'https://x.example/?a=1&b=2' },
      ],
    });
    api.faults.arm('bad_format', { only: 'sendMessage' });
    await adapter.send?.(buildMessage({ text }), buildAccount());
    await adapter.send?.(buildMessage({ text, to: bale(42) }), buildAccount({ messenger: 'bale' }));
    expect(api.received.slice(1)).toMatchObject([
      { text: 'فوری: 1 < 2 & راهنما', entities: [] },
      { text: 'فوری: 1 < 2 & راهنما', entities: [] },
    ]);
  });

  it('puts buttons under the last part, which the message then goes by', async () => {
    const choices = [
      { id: 'track', label: 'پیگیری سفارش' },
      { id: 'agent', label: 'گفتگو با پشتیبان' },
    ];
    const sent = await adapter.send?.(buildMessage({ text: 'x'.repeat(5000), choices }), buildAccount());
    expect(api.received.map(({ buttons }) => buttons)).toEqual([
      [],
      [
        { text: 'پیگیری سفارش', data: 'track' },
        { text: 'گفتگو با پشتیبان', data: 'agent' },
      ],
    ]);
    expect(sent?.providerId).toBe(`${bot}:42:${String(api.received[1]?.messageId)}`);
    const bad = buildMessage({ choices: [{ id: 'ن'.repeat(40), label: 'x' }] });
    expect(await failureOf(adapter.send?.(bad, buildAccount()))).toMatchObject({ code: 'bad_choices', retry: 'never' });
  });

  it.each([
    [5, [5]],
    [7, [4, 3]],
    [11, [6, 5]],
  ])('puts %i scores side by side, in rows of about the same length', async (count, rows) => {
    const choices = Array.from({ length: count }, (_, score) => ({ id: `s${String(score)}`, label: String(score) }));
    await adapter.send?.(buildMessage({ choices }), buildAccount());
    const { call } = api.asked.find(({ method }) => method === 'sendMessage') as unknown as {
      call: { reply_markup: { inline_keyboard: unknown[][] } };
    };
    expect(call.reply_markup.inline_keyboard.map((row) => row.length)).toEqual(rows);
  });

  it('puts buttons under a file as well', async () => {
    const attachments = [buildFile('a.pdf', 'application/pdf', 3)];
    const choices = [{ id: 'ok', label: 'OK' }];
    await adapter.send?.(buildMessage({ attachments, choices, replyTo: `${bot}:42:9` }), buildAccount());
    expect(api.received[0]).toMatchObject({
      method: 'sendDocument',
      buttons: [{ text: 'OK', data: 'ok' }],
      replyTo: 9,
    });
  });

  it('gives up on a customer who blocked the bot', async () => {
    api.customer(42).block();
    expect(await failureOf(adapter.send?.(buildMessage(), buildAccount()))).toMatchObject({
      code: 'blocked',
      retry: 'never',
      doubtful: false,
    });
  });

  it('is in doubt after a server error, because the message may be out', async () => {
    api.faults.arm('server_error');
    expect(await failureOf(adapter.send?.(buildMessage(), buildAccount()))).toMatchObject({ doubtful: true });
  });

  it('leaves a file that cannot be read for later, before anything is sent', async () => {
    const broken = { ...buildFile('a.pdf', 'application/pdf', 3), open: () => new Readable({ read: fail }) };
    function fail(this: Readable): void {
      this.destroy(new Error('gone'));
    }
    const error = await failureOf(adapter.send?.(buildMessage({ attachments: [broken] }), buildAccount()));
    expect(error).toMatchObject({ code: 'attachment_unreadable', retry: 'soon', doubtful: false });
    expect(api.calls).toEqual([]);
  });

  it.each([
    ['another kind of address', { to: { kind: 'phone' as const, address: '+989121234567' } }],
    ['an address that is no number', { to: { kind: 'telegram' as const, address: '@maryam' } }],
    ['nothing to say', { text: '  ' }],
  ])('refuses %s', async (_, more) => {
    expect(await failureOf(adapter.send?.(buildMessage(more), buildAccount()))).toMatchObject({ retry: 'never' });
    expect(api.received).toEqual([]);
  });

  it('never shows the token, not even deep inside an error', async () => {
    const account = buildAccount({ apiRoot: 'http://127.0.0.1:1' });
    const error = await failureOf(adapter.send?.(buildMessage(), account));
    expect(`${String(error.stack)} ${JSON.stringify(error)} ${String(error.cause)}`).not.toContain(api.token);
  });
});

describe('a pressed button', () => {
  it('is answered, and goes away with its neighbours', async () => {
    await adapter.send?.(buildMessage({ choices: [{ id: 'a', label: 'A' }] }), buildAccount());
    const of = `${bot}:42:${String(api.received[0]?.messageId)}`;
    await adapter.answerPress?.({ id: 'q1', of, words: null }, buildAccount());
    expect(api.asked.map(({ method }) => method)).toEqual([
      'sendMessage',
      'answerCallbackQuery',
      'editMessageReplyMarkup',
    ]);
    expect(api.received[0]?.buttons).toEqual([]);
  });

  it('that does nothing any more says why, in what Telegram shows of it', async () => {
    await adapter.answerPress?.({ id: 'q1', of: null, words: 'و'.repeat(300) }, buildAccount());
    expect(api.asked).toEqual([
      { method: 'answerCallbackQuery', call: { callback_query_id: 'q1', text: 'و'.repeat(200), show_alert: true } },
    ]);
  });
});

describe('checking a bot', () => {
  async function check(account: ChannelAccount<TelegramSettings>): Promise<string[]> {
    const steps: string[] = [];
    await adapter.check?.(account, ({ step, state, code }) => steps.push(`${step} ${state} ${code}`));
    return steps;
  }

  it('finds a token that works and the way in that is set', async () => {
    expect(await check(buildAccount())).toEqual(['bot.sign_in ok ok', 'bot.way_in ok ok']);
    const called = buildAccount({ mode: 'webhook' }, 'http://127.0.0.1:1');
    await adapter.connect?.(called);
    expect(await check(called)).toEqual(['bot.sign_in ok ok', 'bot.way_in ok ok']);
  });

  it('names what is wrong', async () => {
    const called = buildAccount({ mode: 'webhook' }, 'http://127.0.0.1:1');
    expect(await check(called)).toContain('bot.way_in failed webhook_elsewhere');
    await adapter.connect?.(called);
    expect(await check(buildAccount())).toContain('bot.way_in failed webhook_set');
    api.faults.arm('unauthorized');
    expect(await check(buildAccount())).toEqual(['bot.sign_in failed unauthorized', 'bot.way_in skipped skipped']);
  });
});

describe('a link that opens a chat', () => {
  it('names the bot and brings the token', async () => {
    expect(await adapter.startLink?.('Ab_9-', buildAccount())).toBe('https://t.me/peyk_bot?start=Ab_9-');
  });
});

describe('a messenger that copies the Bot API', () => {
  it('is asked for nothing that it does not know', async () => {
    const account = buildAccount({ messenger: 'bale', mode: 'webhook' }, 'https://peyk.test');
    await adapter.connect?.(account);
    await adapter.connect?.(buildAccount({ messenger: 'bale' }));
    await poll(null, running(), buildAccount({ messenger: 'bale' }));
    expect(api.asked.map(({ call }) => Object.keys(call))).toEqual([['url'], [], ['offset', 'timeout', 'limit']]);
    expect(api.asked[0]?.call).toEqual({ url: `https://peyk.test/hooks/telegram/channel-1/${webhookSecret}` });
  });

  it('proves by its address who calls', async () => {
    const account = buildAccount({ messenger: 'bale', mode: 'webhook' });
    const from = (path: string) => ({
      method: 'POST',
      path,
      originalUrl: '/',
      headers: { 'x-telegram-bot-api-secret-token': webhookSecret },
      body: Buffer.from('{"update_id":1,"message":{"message_id":1,"date":1,"chat":{"id":42},"text":"x"}}'),
    });
    expect(() => adapter.receive?.(from(''), account)).toThrow(ForgedWebhook);
    expect((await adapter.receive?.(from(webhookSecret), account))?.events).toMatchObject([
      { type: 'message', from: { address: 'bale:42' } },
    ]);
  });

  it('is reached at its own people only', async () => {
    expect(await failureOf(adapter.send?.(buildMessage(), buildAccount({ messenger: 'bale' })))).toMatchObject({
      code: 'not_reachable',
    });
    expect(await failureOf(adapter.send?.(buildMessage({ to: bale(42) }), buildAccount()))).toMatchObject({
      code: 'not_reachable',
    });
    const older = await startBotApi({ alsoTakes: ['reply_to_message_id'] });
    const account = buildAccount({ messenger: 'bale', apiRoot: older.url });
    await adapter.send?.(buildMessage({ to: bale(42), replyTo: `${bot}:42:9` }), account);
    expect(older.received).toMatchObject([{ chatId: 42, replyTo: 9 }]);
    expect(older.brokenRules).toEqual([]);
    await older.close();
  });
});

describe('fetching a file from a bot', () => {
  it('stops at the size allowed', async () => {
    api.customer(42).sendFile({ as: 'document', bytes: new Uint8Array(2000), name: 'a', mediaType: 'x/y' });
    const { events } = await poll(null);
    const [event] = events;
    const source = event?.type === 'message' ? event.attachments[0]?.source : undefined;
    const reference = source && 'reference' in source ? source.reference : '';
    expect(await adapter.fetch?.(reference, buildAccount(), 2000)).toHaveLength(2000);
    expect(await failureOf(adapter.fetch?.(reference, buildAccount(), 1999))).toMatchObject({ code: 'too_large' });
  });

  it('gives up on a file that Telegram does not know', async () => {
    expect(await failureOf(adapter.fetch?.('id:nothing', buildAccount(), 10))).toMatchObject({ retry: 'never' });
  });
});

describe('a bot behind a proxy', () => {
  let proxy: Server;
  let asked: string[];
  let logins: (string | undefined)[];
  beforeEach(async () => {
    asked = [];
    logins = [];
    proxy = createServer();
    proxy.on('connect', (request, socket) => {
      asked.push(request.url ?? '');
      logins.push(request.headers['proxy-authorization']);
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  });
  afterEach(() => new Promise((resolve) => proxy.close(resolve)));

  it('asks the proxy for Telegram and never goes around it', async () => {
    const { port } = proxy.address() as AddressInfo;
    const config = { apiRoot: 'https://api.telegram.invalid', proxy: `http://127.0.0.1:${String(port)}` };
    const error = await failureOf(adapter.send?.(buildMessage(), buildAccount(config)));
    expect(asked).toEqual(['api.telegram.invalid:443']);
    expect(error).toMatchObject({ code: 'unreachable', retry: 'soon', doubtful: false });
  });

  it('signs in to a proxy with what is kept as a secret', async () => {
    const { port } = proxy.address() as AddressInfo;
    const config = { apiRoot: 'https://api.telegram.invalid', proxy: `http://127.0.0.1:${String(port)}` };
    const account = buildAccount(config, null, { proxyLogin: 'peyk:p@ss:word/ü' });
    await failureOf(adapter.send?.(buildMessage(), account));
    expect(logins).toEqual([`Basic ${Buffer.from('peyk:p@ss:word/ü').toString('base64')}`]);
  });

  it('refuses a password in the address of a proxy, which everybody who may see settings reads', () => {
    const result = telegramConfig.safeParse({ proxy: 'socks5://name:secret@proxy.internal:1080' });
    expect(result.error?.issues[0]?.message).toBe('must not hold a password: it has a place of its own');
  });

  it('refuses a proxy for an apiRoot without https, where it would not be used', () => {
    expect(telegramConfig.safeParse({ apiRoot: 'http://x', proxy: 'http://p' }).success).toBe(false);
  });
});
