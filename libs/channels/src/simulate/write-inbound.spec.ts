import { describe, expect, it } from '@jest/globals';
import type { ChannelAdapter } from '../channel-adapter.js';
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
      const written = writeInbound('sms', message, account);
      const reading = written && (await adapter.receive?.(written.request, written.account));
      expect(reading?.events).toMatchObject([
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
    await expect(adapter.receive?.(written?.request as never, account)).rejects.toThrow('secret');
  });

  it('is none where the gateway brings no messages', () => {
    expect(writeInbound('sms', message, gateway({ proof: { as: 'query', name: 'k' } }))).toBeNull();
    expect(writeInbound('phone', message, gateway({ proof: { as: 'query', name: 'k' } }))).toBeNull();
  });
});
