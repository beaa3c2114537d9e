import { describe, expect, it } from '@jest/globals';
import { type ChannelAccount, ForgedWebhook, UnreadableWebhook, type WebhookRequest } from '../channel-adapter.js';
import type { CallContent, InboundCall } from '../message.js';
import { growCall } from './grow-call.js';
import { createPhoneAdapter } from './phone.adapter.js';
import { phoneConfig, phoneSecrets, type PhoneSettings } from './phone-settings.js';

const token = 'token-of-this-spec';
const noon = new Date('2026-03-21T12:00:00Z');
const adapter = createPhoneAdapter({
  now: () => noon,
  isBlocked: ({ address }) => Promise.resolve(address === '+989120000000'),
});

function buildAccount(secrets: object = { token }, config: object = {}): ChannelAccount<PhoneSettings> {
  const settings = {
    ...phoneConfig.parse({ driver: 'pbx', ...config }),
    ...phoneSecrets.parse(secrets),
  } as PhoneSettings;
  return { id: 'c1', name: 'Phone', settings, publicUrl: null };
}

function buildRequest(fields: Record<string, string>, more: Partial<WebhookRequest> = {}): WebhookRequest {
  return {
    method: 'POST',
    path: '',
    originalUrl: `/hooks/calls/c1?token=${token}`,
    headers: {},
    body: Buffer.from(new URLSearchParams(fields).toString()),
    ...more,
  };
}

async function read(fields: Record<string, string>, more: Partial<WebhookRequest> = {}): Promise<InboundCall> {
  const reading = await adapter.receive?.(buildRequest(fields, more), buildAccount());
  const [event] = reading?.events ?? [];
  if (event?.type !== 'call') {
    throw new Error(`expected a call, got ${event?.type ?? 'nothing'}`);
  }
  return event;
}

const ringing = { event: 'newCall', callId: 'x1', from: '09121234567', to: '02122334455', direction: 'in' };

describe('call events of an exchange', () => {
  it('ring with the caller’s number, whom was called, and when', async () => {
    expect(await read({ ...ringing, user: 'Sara', queue: 'sales' })).toMatchObject({
      callId: 'x1',
      externalId: 'x1:newCall',
      state: 'ringing',
      startedAt: noon,
      party: { kind: 'phone', address: '+989121234567', trust: 'channel_given' },
      note: 'user: Sara, queue: sales',
    });
  });

  it('name the called person of an outgoing call', async () => {
    const outgoing = { ...ringing, direction: 'out', from: '100', to: '09121234567' };
    expect(await read(outgoing)).toMatchObject({ direction: 'out', party: { address: '+989121234567' } });
  });

  it('are refused with an id by which no call could be looked up', async () => {
    await expect(read({ ...ringing, callId: 'x'.repeat(201) })).rejects.toThrow(UnreadableWebhook);
    expect((await read({ ...ringing, callId: 'x\u00001' })).callId).toBe('x1');
  });

  it('keep extensions and withheld numbers apart from customers', async () => {
    expect((await read({ ...ringing, from: '101' })).party).toMatchObject({ kind: 'external', address: 'line:101' });
    expect((await read({ ...ringing, from: 'anonymous' })).party).toMatchObject({ address: 'call:x1' });
  });

  it('are read as JSON too', async () => {
    const json = { headers: { 'content-type': 'application/json' }, body: Buffer.from(JSON.stringify(ringing)) };
    expect(await read({}, json)).toMatchObject({ callId: 'x1', state: 'ringing' });
  });

  it.each([
    ['normalClearing', 'in', null],
    ['forwarded', 'in', 'cancelled'],
    ['busy', 'in', 'busy'],
    ['cancel', 'in', 'missed'],
    ['cancel', 'out', 'cancelled'],
    ['noAnswer', 'in', 'missed'],
    ['congestion', 'out', 'failed'],
    ['notFound', 'out', 'failed'],
  ])('hang up by %s of a call %s as %s', async (cause, direction, outcome) => {
    const event = await read({ ...ringing, event: 'hangup', cause, direction });
    expect(event).toMatchObject({ state: 'ended', outcome, endedAt: noon });
  });

  it('make one answered call, and a missed one without an answer', async () => {
    const events = [
      await read(ringing),
      await read({ ...ringing, event: 'answer', answeringNumber: '101' }),
      await read({ ...ringing, event: 'hangup', cause: 'normalClearing' }),
    ];
    expect(events.reduce<CallContent | null>(growCall, null)).toMatchObject({ state: 'ended', outcome: 'answered' });
    const unanswered = events.filter(({ state }) => state !== 'answered');
    expect(unanswered.reduce<CallContent | null>(growCall, null)).toMatchObject({ outcome: 'missed' });
  });

  it('count a transfer as an answer of its own', async () => {
    const first = await read({ ...ringing, event: 'answer', user: 'Sara' });
    const second = await read({ ...ringing, event: 'answer', user: 'Reza' });
    expect(first.externalId).not.toBe(second.externalId);
  });

  it('of two people who are rung and one who answers are one call with a leg for each', async () => {
    const boundary = 'x-a-boundary';
    const form = (fields: [string, string][]): Partial<WebhookRequest> => ({
      headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
      body: Buffer.from(
        `${fields.map(([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`).join('')}--${boundary}--\r\n`,
      ),
    });
    const common: [string, string][] = Object.entries({ ...ringing, queue: 'sales' });
    const all = [
      await read({}, form([...common, ['user[]', 'Sara'], ['user[]', 'Reza']])),
      await read({ ...ringing, event: 'answer', user: 'Reza', answeringNumber: '102' }),
      await read({ ...ringing, event: 'hangup', user: 'Reza', answeringNumber: '102', cause: 'normalClearing' }),
    ];
    expect(all.reduce<CallContent | null>(growCall, null)).toMatchObject({
      outcome: 'answered',
      details: {
        source: 'cti',
        line: '02122334455',
        queue: 'sales',
        cause: 'normalClearing',
        legs: [
          { id: 'Reza', to: 'Reza', outcome: 'answered', answeredAt: noon.toISOString() },
          { id: 'Sara', outcome: 'ringing', answeredAt: null },
        ],
      },
    });
  });

  it('ignore events that nobody described', async () => {
    const reading = await adapter.receive?.(buildRequest({ ...ringing, event: 'parked' }), buildAccount());
    expect(reading?.events).toMatchObject([{ type: 'ignored', reason: 'call:parked' }]);
  });
});

describe('what an exchange hears when a call begins', () => {
  async function answerTo(fields: Record<string, string>, config: object = {}): Promise<unknown> {
    const reading = await adapter.receive?.(buildRequest(fields), buildAccount({ token }, config));
    return JSON.parse(reading?.answer.body ?? 'null') as unknown;
  }
  const out = { ...ringing, direction: 'out', from: '100', to: '09121234567' };
  const rules = {
    blockedCallers: ['+4930*', '0912 999 9999'],
    callerIds: [
      { to: '+98912*', callerId: '+982122334455' },
      { to: '*', callerId: '982100000000' },
    ],
  };

  it.each([
    ['a caller of the list', '09129999999'],
    ['a caller of a listed area', '004930123456'],
    ['a caller whom the hub blocked', '09120000000'],
  ])('is to reject %s, who is told of all the same', async (_, from) => {
    expect(await answerTo({ ...ringing, from }, rules)).toEqual({ action: 'reject', reason: 'busy' });
    expect(await read({ ...ringing, from })).toMatchObject({ state: 'ringing' });
  });

  it('is nothing for all others, nor for what happens later', async () => {
    expect(await answerTo(ringing, rules)).toEqual({});
    expect(await answerTo({ ...ringing, event: 'hangup', from: '09129999999' }, rules)).toEqual({});
    expect(await answerTo(out)).toEqual({});
  });

  it('is the number to call from, by where the call goes', async () => {
    const callerId = '+982122334455';
    expect(await answerTo(out, rules)).toEqual({
      action: 'dial',
      callerId,
      caller_id: callerId,
      number: '09121234567',
    });
    expect(await answerTo({ ...out, to: '02188888888' }, rules)).toMatchObject({ caller_id: '982100000000' });
  });
});

describe('the token of an exchange', () => {
  const without = { originalUrl: '/hooks/calls/c1' };
  it.each<[string, Partial<WebhookRequest>]>([
    ['the path', { ...without, path: token }],
    ['the query', {}],
    ['a header', { ...without, headers: { 'x-peyk-token': token } }],
    ['the authorization', { ...without, headers: { authorization: `Bearer ${token}` } }],
  ])('may stand in %s', async (_, more) => {
    expect(await read(ringing, more)).toMatchObject({ callId: 'x1' });
  });

  it('is asked for before anything is read, and needed always', async () => {
    await expect(adapter.receive?.(buildRequest({}, without), buildAccount())).rejects.toThrow(ForgedWebhook);
    const wrong = { originalUrl: '/hooks/calls/c1?token=wrong', body: Buffer.from('{') };
    await expect(adapter.receive?.(buildRequest({}, wrong), buildAccount())).rejects.toThrow(ForgedWebhook);
    await expect(adapter.receive?.(buildRequest(ringing, without), buildAccount({}))).rejects.toThrow(ForgedWebhook);
  });

  it('is not stored with an event that came by GET', async () => {
    const query = new URLSearchParams({ ...ringing, token }).toString();
    const get = { method: 'GET', originalUrl: `/hooks/calls/c1?${query}`, body: Buffer.from('') };
    const { raw } = await read({}, get);
    expect(Buffer.from(raw).toString()).toContain('callId=x1');
    expect(Buffer.from(raw).toString()).not.toContain(token);
  });
});
