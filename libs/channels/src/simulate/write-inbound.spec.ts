import { describe, expect, it } from '@jest/globals';
import type { ChannelAccount, ChannelAdapter } from '../channel-adapter.js';
import type { InboundEvent } from '../message.js';
import { createSmsAdapter } from '../sms/sms.adapter.js';
import { smsConfig, smsSecrets } from '../sms/sms-settings.js';
import { writeInbound, type SimulatedMessage } from './write-inbound.js';

const adapter = createSmsAdapter() as ChannelAdapter;
const message: SimulatedMessage = {
  id: '019a0000-0000-7000-8000-000000000001',
  from: '+989121234567',
  name: '',
  text: 'سلام، سفارشم نرسیده',
  at: new Date('2026-03-21T12:00:00Z'),
};

function gateway(inbound: object, secrets: object = {}) {
  const config = { driver: 'gateway', request: { url: 'https://gateway.test/send' }, inbound };
  const settings = { ...smsConfig.parse(config), ...smsSecrets.parse(secrets) };
  return { id: 'c1', name: 'SMS', settings, publicUrl: null };
}

/** What the adapter's own reader makes of what was written; null where nothing could be. */
async function read(account: ChannelAccount, wish = message): Promise<InboundEvent[] | null> {
  const written = writeInbound('sms', wish, account);
  if (written === null || 'events' in written) {
    return written?.events ?? null;
  }
  return (await adapter.receive?.(written.request, written.account))?.events ?? null;
}

const expected = { type: 'message', text: message.text, from: { kind: 'phone', address: message.from } };

describe('a simulated SMS of a provider without templates', () => {
  it('is what Kavenegar pushes, also where the account fetches and has no secret', async () => {
    for (const receive of ['push', 'poll'] as const) {
      const config = smsConfig.parse({ driver: 'kavenegar', from: '10004346', receive });
      const account = { id: 'c1', name: 'SMS', settings: config, publicUrl: null };
      expect(await read(account)).toMatchObject([{ ...expected, externalId: message.id, sentAt: message.at }]);
    }
  });

  it('is what a message centre delivers, from a number or from a name', async () => {
    const config = smsConfig.parse({ driver: 'smpp', host: 'centre.test', systemId: 'peyk', from: '+985000' });
    const account = { id: 'c1', name: 'SMS', settings: config, publicUrl: null };
    const long = { ...message, text: 'سلام '.repeat(200).trim() };
    expect(await read(account, long)).toMatchObject([{ ...expected, text: long.text, flags: [] }]);
    expect(await read(account, { ...message, from: 'BANK' })).toMatchObject([{ from: { address: 'sms:BANK' } }]);
    expect(await read(account, { ...message, from: 'بانک' })).toBeNull();
    expect(await read(account, { ...message, from: '1'.repeat(21) })).toBeNull();
  });
});

describe('a simulated push of an SMS gateway', () => {
  it.each([
    ['a header', { as: 'header', name: 'X-Secret' }],
    ['the query', { as: 'query', name: 'k' }],
    [
      'a signature of the body',
      { as: 'hmac', name: 'X-Signature', algorithm: 'sha512', encoding: 'base64', prefix: 's=' },
    ],
  ])('is believed by the account’s own reader where the proof is %s', async (_, proof) => {
    const map = { from: 'entries[0].sender', text: 'entries[0].body.text', id: 'id', time: 'at' };
    for (const secrets of [{ inboundSecret: 'a secret of the gateway' }, {}]) {
      const account = gateway({ proof, message: map }, secrets);
      expect(await read(account)).toMatchObject([
        {
          type: 'message',
          externalId: message.id,
          text: message.text,
          from: { address: message.from },
          sentAt: message.at,
        },
      ]);
    }
  });

  it('does not make the account itself believe what it could not prove', async () => {
    const account = gateway({ proof: { as: 'header', name: 'X-Secret' }, message: { from: 'f', text: 't' } });
    const written = writeInbound('sms', message, account);
    const request = written && 'request' in written ? written.request : null;
    await expect(adapter.receive?.(request as never, account)).rejects.toThrow('secret');
  });

  it('is none where the gateway brings no messages', () => {
    expect(writeInbound('sms', message, gateway({ proof: { as: 'query', name: 'k' } }))).toBeNull();
    expect(writeInbound('phone', message, gateway({ proof: { as: 'query', name: 'k' } }))).toBeNull();
  });
});
