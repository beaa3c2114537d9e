import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startKavenegar, type KavenegarStandIn } from '../../../../../tools/stand-ins/kavenegar.js';
import type { ChannelAccount, Polled } from '../../channel-adapter.js';
import type { OutboundMessage } from '../../message.js';
import { countSegments } from '../segments.js';
import { createSmsAdapter, type SmsAdapter } from '../sms.adapter.js';
import { smsConfig, smsSecrets, type SmsSettings } from '../sms-settings.js';

let kavenegar: KavenegarStandIn;
let adapter: SmsAdapter;

beforeEach(async () => {
  kavenegar = await startKavenegar();
  adapter = createSmsAdapter();
});

afterEach(() => kavenegar.close());

function buildAccount(config: object = {}): ChannelAccount<SmsSettings> {
  const settings = {
    ...smsConfig.parse({ ...kavenegar.settings(), pollSeconds: 5, ...config }),
    ...smsSecrets.parse({ apiKey: kavenegar.apiKey, inboundSecret: kavenegar.inboundSecret }),
  } as SmsSettings;
  return { id: 'c1', name: 'SMS', settings, publicUrl: null };
}

function buildMessage(text: string, address = '+989121234567'): OutboundMessage {
  const to = { kind: 'phone' as const, address };
  return { id: 'm1', to, toName: '', text, attachments: [], mail: null, replyTo: null };
}

describe('sending over Kavenegar', () => {
  it('dials as Kavenegar does, inside the country and abroad', async () => {
    await adapter.send?.(buildMessage('سلام'), buildAccount());
    await adapter.send?.(buildMessage('hi', '+4915223456789'), buildAccount());
    expect(kavenegar.received.map(({ receptor, sender }) => [receptor, sender])).toEqual([
      ['09121234567', '10004346'],
      ['004915223456789', '10004346'],
    ]);
  });

  it('divides what is longer than Kavenegar takes', async () => {
    await adapter.send?.(buildMessage('جمله‌ای که تکرار می‌شود. '.repeat(20).trim()), buildAccount());
    const segments = kavenegar.received.map(({ message }) => countSegments(message).segments);
    expect(segments.length).toBeGreaterThan(1);
    expect(Math.max(...segments)).toBeLessThanOrEqual(4);
  });

  it.each([
    [400, 'refused', 'never'],
    [401, 'account_inactive', 'after-reconnect'],
    [402, 'provider_failed', 'soon'],
    [403, 'unauthorized', 'after-reconnect'],
    [409, 'provider_failed', 'soon'],
    [411, 'invalid_number', 'never'],
    [412, 'invalid_sender', 'after-reconnect'],
    [413, 'too_long', 'never'],
    [418, 'no_credit', 'after-reconnect'],
    [451, 'rate_limited', 'soon'],
    [999, 'provider_failed', 'never'],
  ])('understands the failure %s inside an answer with status 200', async (stated, code, retry) => {
    kavenegar.faults.arm('business_error', { stated });
    await expect(adapter.send?.(buildMessage('x'), buildAccount())).rejects.toMatchObject({ code, retry });
  });
});

describe('what lies at a line of Kavenegar', () => {
  const poll = (signal = AbortSignal.timeout(10_000)): Promise<Polled> =>
    adapter.poll?.(buildAccount({ receive: 'poll' }), null, signal) as Promise<Polled>;

  it('is fetched only where the settings say so', () => {
    expect(adapter.isPolled?.(buildAccount())).toBe(false);
    expect(adapter.isPolled?.(buildAccount({ receive: 'poll' }))).toBe(true);
  });

  it('is fetched with what an earlier look had marked as read, so that a crash loses nothing', async () => {
    await kavenegar.sms({ from: '09121234567', text: 'first', id: 11 });
    await poll();
    adapter = createSmsAdapter();
    await kavenegar.sms({ from: '09121234567', text: 'second', id: 12 });
    const { events } = await poll();
    expect(events).toMatchObject([
      { externalId: '11', text: 'first', from: { address: '+989121234567' } },
      { externalId: '12', text: 'second' },
    ]);
  });

  it('waits for its time, and ends at once when it is told to', async () => {
    await poll();
    const stop = new AbortController();
    const waiting = poll(stop.signal);
    const before = kavenegar.calls.length;
    stop.abort();
    expect((await waiting).events).toEqual([]);
    expect(kavenegar.calls).toHaveLength(before);
  });
});
