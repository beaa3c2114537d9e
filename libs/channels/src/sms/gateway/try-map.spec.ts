import { describe, expect, it } from '@jest/globals';
import type { ChannelAccount } from '../../channel-adapter.js';
import { smsConfig, smsSecrets, type GatewaySettings } from '../sms-settings.js';
import { previewGatewaySend, tryGatewayMap } from './try-map.js';

const inbound = {
  proof: { as: 'query', name: 'key' },
  message: { from: 'entries[0].sender', text: 'entries[0].text', id: 'entries[0].id', time: 'at' },
  status: { id: 'ref', state: 'state', states: { '4': 'delivered', '5': 'failed' } },
};

function account(more: object = {}): ChannelAccount<GatewaySettings> {
  const request = {
    url: 'https://gateway.test/{secret}/send?to={toNational}',
    headers: { authorization: 'Bearer {secret}' },
    body: { as: 'json', value: { text: '{text}', proof: '{inboundSecret}' } },
  };
  const config = smsConfig.parse({ driver: 'gateway', from: '3000', request, inbound, ...more });
  const secrets = smsSecrets.parse({ apiKey: 'the key', inboundSecret: 'sixteen letters at least' });
  return { id: 'c1', name: 'SMS', settings: { ...config, ...secrets } as GatewaySettings, publicUrl: null };
}

describe('a push that somebody pasted', () => {
  it('is read by the maps, and each of its values named by its path', () => {
    const entries = [{ sender: '09121234567', text: 'سلام', id: 7, 'a b': 'no map can name this' }];
    const trial = tryGatewayMap(JSON.stringify({ entries, at: '2026-03-21T12:00:00Z' }), account());
    expect(trial).toEqual({
      fields: [
        { path: 'entries[0].sender', value: '09121234567' },
        { path: 'entries[0].text', value: 'سلام' },
        { path: 'entries[0].id', value: '7' },
        { path: 'at', value: '2026-03-21T12:00:00Z' },
      ],
      reading: {
        type: 'message',
        from: '+989121234567',
        text: 'سلام',
        id: '7',
        sentAt: new Date('2026-03-21T12:00:00Z'),
      },
    });
  });

  it.each([
    ['a form', 'ref=41&state=4'],
    ['the address of a GET', 'GET https://hub.test/hooks/sms/c1?key=x&ref=41&state=4 HTTP/1.1'],
    ['its path', '/hooks/sms/c1?ref=41&state=4'],
  ])('may be %s', (_, sample) => {
    expect(tryGatewayMap(sample, account()).reading).toEqual({
      type: 'receipt',
      of: '41',
      state: 'delivered',
      error: null,
    });
  });

  it('says what it lacks', () => {
    const missing = tryGatewayMap('sender=09121234567&text=hi', account());
    expect(missing.reading).toEqual({ type: 'unreadable', reason: 'entries[0].sender is missing.' });
    expect(missing.fields.map(({ path }) => path)).toEqual(['sender', 'text']);
    expect(tryGatewayMap('{"a":', account())).toMatchObject({ fields: [], reading: { type: 'unreadable' } });
    expect(tryGatewayMap('x=1', account({ inbound: undefined })).reading).toMatchObject({ type: 'unreadable' });
    expect(tryGatewayMap('ref=41&state=99', account()).reading).toEqual({ type: 'ignored', reason: 'status:99' });
  });
});

it('shows what would be sent without the secrets in it', () => {
  const to = { kind: 'phone' as const, address: '+989121234567' };
  const message = { id: 'm1', to, toName: '', text: 'سلام "x"', attachments: [], mail: null, replyTo: null };
  expect(previewGatewaySend(message, account())).toEqual({
    method: 'POST',
    url: 'https://gateway.test/***/send?to=09121234567',
    headers: { accept: 'application/json', 'content-type': 'application/json', authorization: 'Bearer ***' },
    body: '{"text":"سلام \\"x\\"","proof":"***"}',
  });
});
