import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { jsonReply, listenOnLoopback, type LoopbackServer } from '../../../../../tools/stand-ins/loopback-server.js';
import { signTwilio } from '../../../../../tools/stand-ins/twilio-webhooks.js';
import { startTwilio, type TwilioStandIn } from '../../../../../tools/stand-ins/twilio.js';
import { type ChannelAccount, UnreadableWebhook } from '../../channel-adapter.js';
import type { InboundEvent, OutboundMessage } from '../../message.js';
import { createSmsAdapter } from '../sms.adapter.js';
import { smsConfig, smsSecrets, type SmsSettings } from '../sms-settings.js';

const publicUrl = 'https://hub.example';
const adapter = createSmsAdapter({ sendTimeoutMs: 2000 });
let twilio: TwilioStandIn;
let hub: LoopbackServer;

beforeEach(async () => {
  hub = await listenOnLoopback(() => ({ status: 200 }));
  twilio = await startTwilio({ publicUrl, hubUrl: hub.url, statuses: [] });
});

afterEach(async () => {
  await twilio.close();
  await hub.close();
});

function buildAccount(more: Partial<ChannelAccount> = {}, config: object = {}): ChannelAccount<SmsSettings> {
  const { accountSid, authToken, url: baseUrl } = twilio;
  const parsed = smsConfig.parse({ driver: 'twilio', accountSid, from: '+15005550006', baseUrl, ...config });
  const settings = { ...parsed, ...smsSecrets.parse({ authToken }) } as SmsSettings;
  return { id: 'c1', name: 'SMS', publicUrl, ...more, settings };
}

function buildMessage(more: Partial<OutboundMessage> = {}): OutboundMessage {
  const to = { kind: 'phone' as const, address: '+989121234567' };
  return { id: 'm1', to, toName: '', text: 'سلام', attachments: [], mail: null, replyTo: null, ...more };
}

async function receive(path: string, params: Record<string, string>) {
  const originalUrl = `/hooks/twilio/c1/${path}`;
  const whole = { AccountSid: twilio.accountSid, ...params };
  const signature = signTwilio(twilio.authToken, publicUrl + originalUrl, whole);
  const reading = await adapter.receive?.(
    {
      method: 'POST',
      path,
      originalUrl,
      headers: { 'x-twilio-signature': signature },
      body: Buffer.from(new URLSearchParams(whole).toString()),
    },
    buildAccount(),
  );
  if (reading === undefined) {
    throw new Error('nothing was read');
  }
  return reading;
}

async function eventOf(path: string, params: Record<string, string>): Promise<InboundEvent | undefined> {
  return (await receive(path, params)).events[0];
}

describe('an SMS from Twilio', () => {
  const sms = { MessageSid: 'SM1', From: '+989121234567', To: '+15005550006', Body: 'سلام' };

  it('comes from its number, under its MessageSid, and is answered with nothing to say', async () => {
    const { events, answer } = await receive('sms', sms);
    expect(events).toMatchObject([
      {
        type: 'message',
        externalId: 'SM1',
        from: { kind: 'phone', address: '+989121234567', trust: 'channel_given' },
        text: 'سلام',
      },
    ]);
    expect(answer).toMatchObject({ status: 200, contentType: expect.stringContaining('text/xml') });
    expect(answer.body).toContain('<Response/>');
  });

  it.each([
    ['30001234', 'sms:30001234'],
    ['KAVENEGAR', 'sms:KAVENEGAR'],
  ])('from %s never becomes a phone', async (From, address) => {
    expect(await eventOf('sms', { ...sms, From })).toMatchObject({ from: { kind: 'external', address } });
  });

  it('brings its files as references that can be fetched with the account’s key', async () => {
    const url = `${twilio.url}/2010-04-01/Accounts/${twilio.accountSid}/Messages/SM7/Media/ME0`;
    await twilio.sms('c1', {
      ...lower(sms),
      sid: 'SM7',
      media: [{ bytes: Buffer.from('png'), mediaType: 'image/png' }],
    });
    const event = await eventOf('sms', { ...sms, NumMedia: '1', MediaUrl0: url, MediaContentType0: 'image/png' });
    expect(event).toMatchObject({
      attachments: [{ name: 'media-1.png', mediaType: 'image/png', source: { reference: url } }],
      flags: [],
    });
    expect(Buffer.from((await adapter.fetch?.(url, buildAccount(), 100)) ?? []).toString()).toBe('png');
  });

  it('brings no file that lies elsewhere, but keeps the message and says so', async () => {
    const event = await eventOf('sms', { ...sms, NumMedia: '1', MediaUrl0: 'http://169.254.169.254/x' });
    expect(event).toMatchObject({ type: 'message', attachments: [], flags: ['malformed'] });
    await expect(adapter.fetch?.('http://169.254.169.254/x', buildAccount(), 100)).rejects.toMatchObject({
      code: 'not_allowed',
    });
  });

  it('is unreadable at a way in that does not exist', async () => {
    await expect(receive('voice', sms)).rejects.toThrow(UnreadableWebhook);
  });
});

function lower({ From, To, Body }: { From: string; To: string; Body: string }) {
  return { from: From, to: To, body: Body };
}

describe('a status from Twilio', () => {
  it.each([
    ['sent', 'sent'],
    ['delivered', 'delivered'],
    ['read', 'read'],
    ['undelivered', 'failed'],
    ['failed', 'failed'],
    ['canceled', 'failed'],
  ])('%s is a receipt: %s', async (MessageStatus, state) => {
    const event = await eventOf('sms-status', { MessageSid: 'SM1', MessageStatus });
    expect(event).toMatchObject({ type: 'receipt', providerId: 'SM1', state, externalId: `SM1:${MessageStatus}` });
  });

  it.each(['queued', 'sending', 'accepted', 'invented'])('%s changes nothing', async (MessageStatus) => {
    expect(await eventOf('sms-status', { MessageSid: 'SM1', MessageStatus })).toMatchObject({ type: 'ignored' });
  });

  it('says in words why a message failed', async () => {
    const failed = { MessageSid: 'SM1', MessageStatus: 'undelivered', ErrorCode: '30005' };
    expect(await eventOf('sms-status', failed)).toMatchObject({
      error: 'The number is unknown or out of service (Twilio 30005)',
    });
    expect(await eventOf('sms-status', { ...failed, ErrorCode: '39999' })).toMatchObject({ error: 'Twilio 39999' });
  });
});

describe('sending over Twilio', () => {
  it('names the sender and where to report, and gives Twilio’s id', async () => {
    const sent = await adapter.send?.(buildMessage(), buildAccount());
    expect(twilio.received).toEqual([
      {
        sid: sent?.providerId,
        to: '+989121234567',
        from: '+15005550006',
        body: 'سلام',
        statusCallback: 'https://hub.example/hooks/twilio/c1/sms-status',
        media: [],
      },
    ]);
  });

  it('asks for no reports while the hub has no public address', async () => {
    await adapter.send?.(buildMessage(), buildAccount({ publicUrl: null }));
    expect(twilio.received[0]?.statusCallback).toBeNull();
  });

  it('lets a messaging service choose the sender', async () => {
    const messagingServiceSid = `MG${'0'.repeat(32)}`;
    await adapter.send?.(buildMessage(), buildAccount({}, { from: undefined, messagingServiceSid }));
    expect(twilio.received[0]?.from).toBe(messagingServiceSid);
  });

  it('learns that the recipient opted out', async () => {
    twilio.optOut('+989121234567');
    await expect(adapter.send?.(buildMessage(), buildAccount())).rejects.toMatchObject({
      code: 'opted_out',
      retry: 'never',
      doubtful: false,
    });
  });

  it('is in doubt after a server error and never asks for a repeat by itself', async () => {
    twilio.faults.arm('server_error');
    await expect(adapter.send?.(buildMessage(), buildAccount())).rejects.toMatchObject({
      doubtful: true,
      retry: 'never',
    });
  });

  it.each([
    ['an address that is no phone', { to: { kind: 'email' as const, address: 'a@b.example' } }, 'not_reachable'],
    ['a text that is too long', { text: 'x'.repeat(4801) }, 'too_long'],
    ['an empty text', { text: ' ' }, 'empty'],
  ])('refuses %s before anything leaves', async (_, more, code) => {
    await expect(adapter.send?.(buildMessage(more), buildAccount())).rejects.toMatchObject({ code, retry: 'never' });
    expect(twilio.received).toEqual([]);
  });
});

describe('a customer who knows one of our numbers', () => {
  it('is answered from another one once that has left the pool, and nothing is sent twice', async () => {
    const seen: string[] = [];
    const server = await listenOnLoopback(({ body }) => {
      seen.push(new URLSearchParams(body.toString()).get('From') ?? '');
      return seen.length === 1
        ? jsonReply(400, { code: 21712, message: 'The number is not in the pool', status: 400 })
        : jsonReply(201, { sid: 'SM1', status: 'queued' });
    });
    const message = Object.assign(buildMessage(), { line: '+15005550009' });
    const sent = await adapter.send?.(message, buildAccount({}, { baseUrl: server.url }));
    expect(sent).toEqual({ providerId: 'SM1', state: 'sent' });
    expect(seen).toEqual(['+15005550009', '+15005550006']);
    await server.close();
  });
});

describe('what Twilio says when it refuses', () => {
  it.each([
    [400, 21211, 'invalid_number', 'never'],
    [400, 21610, 'opted_out', 'never'],
    [400, 21614, 'invalid_number', 'never'],
    [400, 21408, 'region_not_permitted', 'never'],
    [400, 21606, 'invalid_sender', 'after-reconnect'],
    [400, 21703, 'misconfigured', 'after-reconnect'],
    [400, 21611, 'rate_limited', 'soon'],
    [401, 20003, 'unauthorized', 'after-reconnect'],
    [403, 20005, 'account_inactive', 'after-reconnect'],
    [429, 20429, 'rate_limited', 'soon'],
    [400, 63038, 'quota_reached', 'after-reconnect'],
    [400, 99999, 'refused', 'never'],
    [404, 20404, 'misconfigured', 'after-reconnect'],
  ])('is understood: HTTP %s with error %s', async (status, code, expected, retry) => {
    const server = await listenOnLoopback(() => jsonReply(status, { code, message: 'words', status }));
    const sending = adapter.send?.(buildMessage(), buildAccount({}, { baseUrl: server.url }));
    await expect(sending).rejects.toMatchObject({ code: expected, retry, doubtful: false });
    await server.close();
  });
});

describe('an account that sends MMS', () => {
  it('carries pictures while Twilio can fetch them, and else takes none for a message that would then not leave', () => {
    const carried = (more: Partial<ChannelAccount>, config: object) =>
      adapter.capabilitiesOf?.(buildAccount(more, config)).attachments?.maxCount ?? 0;
    expect(carried({}, { mms: true })).toBe(10);
    expect(carried({ publicUrl: null }, { mms: true })).toBe(0);
    expect(carried({}, { mms: false })).toBe(0);
  });
});
