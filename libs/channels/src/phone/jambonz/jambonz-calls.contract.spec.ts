import { describeAdapter, type Stage } from '../../contract/adapter-contract.js';
import type { InboundEvent } from '../../message.js';
import { createPhoneAdapter } from '../phone.adapter.js';
import { phoneConfig, phoneSecrets } from '../phone-settings.js';
import { signJambonz } from './read-jambonz.js';

const webhookSecret = 'secret-of-this-contract';
const now = new Date('2026-03-21T12:00:00Z');

async function receive({ adapter, account }: Stage, body: string, signature?: string): Promise<InboundEvent[]> {
  const bytes = Buffer.from(body);
  const signed = signature ?? signJambonz(webhookSecret, now.getTime() / 1000, bytes);
  const reading = await adapter.receive?.(
    {
      method: 'POST',
      path: 'call',
      originalUrl: '/hooks/jambonz/channel-1/call',
      headers: { 'content-type': 'application/json', 'jambonz-signature': signed },
      body: bytes,
    },
    account,
  );
  return reading?.events ?? [];
}

describeAdapter('Calls over jambonz', {
  open: () => {
    const config = phoneConfig.parse({ driver: 'jambonz', accountSid: '11111111-1111-4111-8111-111111111111' });
    const settings = { ...config, ...phoneSecrets.parse({ webhookSecret }) };
    const account = { id: 'channel-1', name: 'Phone', settings, publicUrl: 'https://hub.example' };
    const close = () => Promise.resolve();
    const adapter = createPhoneAdapter({ now: () => now });
    return Promise.resolve({ adapter, account, secretTexts: [webhookSecret], close });
  },
  inbound: {
    event: (stage: Stage, id) =>
      receive(stage, JSON.stringify({ call_sid: id, from: '09121234567', to: '100', direction: 'inbound' })),
    attachments: false,
    malformed: {
      'no JSON': (stage) => receive(stage, '{'),
      'an array': (stage) => receive(stage, '[]'),
      'no call id': (stage) => receive(stage, '{"from":"1"}'),
      'fields of other kinds': (stage) => receive(stage, '{"call_sid":"1","from":{"a":1},"direction":["out"]}'),
    },
    forged: {
      'no signature': (stage) => receive(stage, '{"call_sid":"1"}', ''),
      'a wrong signature': (stage) => receive(stage, '{"call_sid":"1"}', `t=${String(now.getTime() / 1000)},v1=00`),
    },
  },
  outbound: null,
});
