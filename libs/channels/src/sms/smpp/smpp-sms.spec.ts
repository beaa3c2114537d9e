import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { buildReceipt, startMessageCentre, type MessageCentre } from '../../../../../tools/stand-ins/message-centre.js';
import type { ChannelAccount, Polled } from '../../channel-adapter.js';
import type { InboundEvent, OutboundMessage } from '../../message.js';
import { createSmsAdapter, type SmsAdapter } from '../sms.adapter.js';
import { smsConfig, smsSecrets, type SmsSettings } from '../sms-settings.js';
import { decodeMessage } from './decode-text.js';

let centre: MessageCentre;
let adapter: SmsAdapter;
let now: Date;

beforeEach(async () => {
  now = new Date('2026-01-01T10:00:00Z');
  centre = await startMessageCentre();
  adapter = newAdapter();
});

afterEach(async () => {
  adapter.disconnect?.(buildAccount());
  await centre.close();
});

function newAdapter(times: object = {}): SmsAdapter {
  const smppTimes = { lookMs: 20, sessionMs: 50, answerMs: 500, connectMs: 2_000, ...times };
  return createSmsAdapter({ smppTimes, now: () => now });
}

function buildAccount(config: object = {}): ChannelAccount<SmsSettings> {
  const base = { driver: 'smpp', host: '127.0.0.1', port: centre.port, systemId: 'peyk', from: '30001234' };
  const settings = { ...smsConfig.parse({ ...base, ...config }), ...smsSecrets.parse({ password: 'secret' }) };
  return { id: 'c1', name: 'SMS', settings: settings as SmsSettings, publicUrl: null };
}

function buildMessage(text: string, more: Partial<OutboundMessage> = {}): OutboundMessage {
  const to = { kind: 'phone' as const, address: '+989121234567' };
  return { id: 'm1', to, toName: '', text, attachments: [], mail: null, replyTo: null, ...more };
}

async function poll(cursor: unknown = null, account = buildAccount()): Promise<Polled> {
  return (await adapter.poll?.(account, cursor, AbortSignal.timeout(2_000))) as Polled;
}

const inUcs2 = (text: string) => Buffer.from(text, 'utf16le').swap16();
const textOf = (event: InboundEvent | undefined) => (event?.type === 'message' ? event.text : null);
const customer = { from: '989121234567', to: '30001234' };

describe('a session with a message centre', () => {
  it('is bound once, and both ways where the centre wants it so', async () => {
    await poll();
    await poll();
    expect(centre.binds).toEqual(['transceiver']);
    adapter.disconnect?.(buildAccount());
    await poll(null, buildAccount({ bind: 'split' }));
    expect(centre.binds).toEqual(['transceiver', 'transmitter', 'receiver']);
  });

  it('is bound anew after the line broke, and says for how long it will not try again while it cannot', async () => {
    await poll();
    centre.hangUp();
    await expect(poll()).rejects.toMatchObject({ code: 'unreachable', retry: 'soon', retryAfterMs: 1_000 });
    await poll();
    expect(centre.binds).toEqual(['transceiver', 'transceiver']);
    await centre.close();
    await expect(poll()).rejects.toMatchObject({ retry: 'soon' });
    await expect(poll()).rejects.toMatchObject({ retryAfterMs: 2_000 });
    await expect(poll()).rejects.toMatchObject({ retryAfterMs: 4_000 });
    centre = await startMessageCentre();
  });

  it('is given up when the centre answers nothing any more', async () => {
    await poll();
    centre.fallSilent();
    await expect(adapter.send?.(buildMessage('x'), buildAccount())).rejects.toMatchObject({
      code: 'lost',
      doubtful: true,
    });
  });

  it('leaves a message to the process that has it', async () => {
    await expect(newAdapter().send?.(buildMessage('x'), buildAccount())).rejects.toMatchObject({
      code: 'no_session',
      retry: 'after-reconnect',
      doubtful: false,
      retryAfterMs: 200,
    });
  });

  it('never has more under way than its window', async () => {
    const account = buildAccount({ window: 2 });
    await poll(null, account);
    const release = centre.hold();
    const sends = ['a', 'b', 'c', 'd'].map(async (text) => adapter.send?.(buildMessage(text), account));
    await poll(null, account);
    expect(centre.submitted).toHaveLength(2);
    release();
    await Promise.all(sends);
    expect(centre.mostUnderway()).toBe(2);
  });
});

describe('sending to a message centre', () => {
  it('writes Latin in septets and Persian in UCS-2, to the bare number, with a receipt asked for', async () => {
    await poll();
    const sent = await adapter.send?.(buildMessage('Hi {you} €'), buildAccount());
    await adapter.send?.(buildMessage('سلام'), buildAccount());
    expect(centre.submitted.map(({ to, from, message }) => [to, from, message.coding, message.registered])).toEqual([
      ['989121234567', '30001234', 0, 1],
      ['989121234567', '30001234', 8, 1],
    ]);
    expect(centre.submitted[0]?.message.octets.toString('latin1')).toBe('Hi \x1b(you\x1b) \x1be');
    expect(centre.submitted[1]?.message.octets).toEqual(inUcs2('سلام'));
    expect(sent).toEqual({ providerId: 'm1', state: 'sent' });
  });

  it.each([
    ['udh', true, 0],
    ['sar', false, 3],
  ])(
    'ties the parts of a long message together by %s, and asks for the receipt of the last',
    async (how, header, tags) => {
      const account = buildAccount({ longMessages: how });
      await poll(null, account);
      const text = 'پیام بلند '.repeat(15);
      const sent = await adapter.send?.(buildMessage(text.trim()), account);
      const parts = centre.submitted.map(({ message }) => ({ message, ...decodeMessage(message, 'gsm7') }));
      expect(parts.map((one) => one.text).join('')).toBe(text.trim());
      expect(parts.map(({ part }) => [part?.number, part?.total])).toEqual([
        [1, 3],
        [2, 3],
        [3, 3],
      ]);
      expect(new Set(parts.map(({ part }) => part?.reference)).size).toBe(1);
      expect(parts.map(({ message }) => message.registered)).toEqual([0, 0, 1]);
      expect(parts.every(({ message }) => (message.esmClass === 0x40) === header)).toBe(true);
      expect(parts.every(({ message }) => message.optionals.size === tags)).toBe(true);
      expect(sent?.providerId).toBe('m3');
    },
  );

  it('sends a long message whole where the centre takes it so', async () => {
    const account = buildAccount({ longMessages: 'payload' });
    await poll(null, account);
    await adapter.send?.(buildMessage('ب'.repeat(150)), account);
    expect(centre.submitted.map(({ message }) => decodeMessage(message, 'gsm7').text)).toEqual(['ب'.repeat(150)]);
  });

  it('waits within a message where the centre asks for patience, and goes on behind what left after a failure', async () => {
    await poll();
    const text = 'ب'.repeat(150);
    centre.refuse(0x0b, 1);
    await expect(adapter.send?.(buildMessage(text), buildAccount())).rejects.toMatchObject({ left: null });
    const release = centre.hold();
    const sending = adapter.send?.(buildMessage(text), buildAccount());
    await poll();
    centre.refuse(0x45);
    release();
    const left = { parts: 1, providerId: 'm1' };
    await expect(sending).rejects.toMatchObject({ code: 'provider_failed', retry: 'soon', doubtful: false, left });
    const sent = await adapter.send?.(buildMessage(text, { sentParts: 1 }), buildAccount());
    expect(sent).toEqual({ providerId: 'm3', state: 'sent', parts: 2 });
    const parts = centre.submitted.map(({ message }) => decodeMessage(message, 'gsm7').part);
    expect(new Set(parts.map((part) => part?.reference)).size).toBe(1);
    expect(parts.map((part) => part?.number)).toEqual([1, 2, 3]);
  });

  it.each([
    [0x0b, 'invalid_number', 'never'],
    [0x0a, 'invalid_sender', 'after-reconnect'],
    [0x14, 'rate_limited', 'soon'],
    [0x58, 'rate_limited', 'soon'],
    [0x08, 'provider_failed', 'soon'],
    [0x0401, 'refused', 'never'],
  ])('understands the refusal 0x%s', async (status, code, retry) => {
    await poll();
    centre.refuse(status);
    const expected = { code, retry, doubtful: false };
    await expect(adapter.send?.(buildMessage('x'), buildAccount())).rejects.toMatchObject(expected);
  });
});

describe('what a message centre delivers', () => {
  it('is answered only once it is stored, and brought again when storing failed', async () => {
    await poll();
    const answered = centre.deliver({ ...customer, octets: Buffer.from('Hello \0 home', 'latin1') });
    const first = await poll();
    expect(first.events.map(textOf)).toEqual(['Hello @ home']);
    const again = await poll();
    expect(again.events[0]?.externalId).toBe(first.events[0]?.externalId);
    const settled = await Promise.race([answered, Promise.resolve('waiting')]);
    expect(settled).toBe('waiting');
    await poll(first.cursor);
    expect(await answered).toBe(0);
  });

  it('is Persian where it says so, from a number as everybody knows it', async () => {
    await poll();
    void centre.deliver({ ...customer, coding: 8, octets: inUcs2('سلام 👋') });
    const { events } = await poll();
    expect(events).toMatchObject([{ text: 'سلام 👋', from: { kind: 'phone', address: '+989121234567' } }]);
  });

  it('never makes a person of a name or a short code', async () => {
    await poll();
    void centre.deliver({ from: 'KAVENEGAR', to: '30001234', ton: 5, octets: Buffer.from('x') });
    void centre.deliver({ from: '30005000', to: '30001234', ton: 3, octets: Buffer.from('y') });
    const events: InboundEvent[] = [];
    for (let cursor: unknown = null; events.length < 2;) {
      const polled = await poll(cursor);
      events.push(...polled.events);
      cursor = polled.cursor;
    }
    expect(events).toMatchObject([
      { from: { kind: 'external', address: 'sms:KAVENEGAR' } },
      { from: { kind: 'external', address: 'sms:30005000' } },
    ]);
  });

  const part = (number: number, text: string, total = 2) => ({
    ...customer,
    esmClass: 0x40,
    coding: 8,
    octets: Buffer.concat([Buffer.of(5, 0, 3, 77, total, number), inUcs2(text)]),
  });

  it('is put together from its parts in whatever order they come, also over a crash between them', async () => {
    await poll();
    const second = centre.deliver(part(2, 'دوم'));
    const first = await poll();
    expect(first.events).toEqual([]);
    await poll(first.cursor);
    expect(await second).toBe(0);
    adapter.disconnect?.(buildAccount());
    adapter = newAdapter();
    const kept = await poll(first.cursor);
    void centre.deliver(part(1, 'اول '));
    expect((await poll(kept.cursor)).events.map(textOf)).toEqual(['اول دوم']);
  });

  it('is shown without a part that did not come for five minutes', async () => {
    await poll();
    void centre.deliver(part(1, 'اول ', 3));
    const first = await poll();
    now = new Date(now.getTime() + 4 * 60_000);
    const waiting = await poll(first.cursor);
    expect(waiting.events).toEqual([]);
    now = new Date(now.getTime() + 60_000);
    const late = await poll(waiting.cursor);
    expect(late.events.map(textOf)).toEqual(['اول ……']);
    expect((await poll(waiting.cursor)).events[0]?.externalId).toBe(late.events[0]?.externalId);
    expect((await poll(late.cursor)).events).toEqual([]);
  });

  it('is not told twice when the centre did not hear that it was stored', async () => {
    await poll();
    void centre.deliver({ ...customer, octets: Buffer.from('once') });
    const stored = await poll();
    adapter.disconnect?.(buildAccount());
    adapter = newAdapter();
    await poll(stored.cursor);
    const again = centre.deliver({ ...customer, octets: Buffer.from('once') });
    const repeated = await poll(stored.cursor);
    expect(repeated.events).toEqual([]);
    await poll(repeated.cursor);
    expect(await again).toBe(0);
    void centre.deliver({ ...customer, octets: Buffer.from('once') });
    expect((await poll(repeated.cursor)).events.map(textOf)).toEqual(['once']);
  });

  it.each([
    ['DELIVRD', { type: 'receipt', providerId: 'm7', state: 'delivered', error: null }],
    ['ACCEPTD', { type: 'receipt', state: 'sent' }],
    ['UNDELIV', { type: 'receipt', state: 'failed', error: expect.stringContaining('error 012') }],
    ['EXPIRED', { type: 'receipt', state: 'failed', error: expect.stringContaining('in time') }],
    ['ENROUTE', { type: 'ignored' }],
  ])('is a receipt: %s', async (state, expected) => {
    await poll();
    void centre.deliver({ ...customer, ...buildReceipt('m7', state, state === 'UNDELIV' ? '012' : '000') });
    expect((await poll()).events).toMatchObject([expected]);
  });

  it('is a receipt by its text alone, its number written in another way than the answer’s', async () => {
    const account = buildAccount({ messageIds: 'hex_then_decimal' });
    await poll(null, account);
    void centre.deliver({ ...customer, ...buildReceipt('2748', 'DELIVRD'), optionals: new Map() });
    expect((await poll(null, account)).events).toMatchObject([{ providerId: 'abc' }]);
  });
});
