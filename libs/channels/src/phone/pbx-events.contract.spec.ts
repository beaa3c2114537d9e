import { describeAdapter, type Stage } from '../contract/adapter-contract.js';
import type { InboundEvent } from '../message.js';
import { createPhoneAdapter } from './phone.adapter.js';
import { phoneConfig, phoneSecrets } from './phone-settings.js';

const token = 'token-of-this-contract';

async function receive({ adapter, account }: Stage, body: string, given = token): Promise<InboundEvent[]> {
  const reading = await adapter.receive?.(
    {
      method: 'POST',
      path: '',
      originalUrl: `/hooks/calls/channel-1?token=${given}`,
      headers: { 'content-type': 'application/json' },
      body: Buffer.from(body),
    },
    account,
  );
  return reading?.events ?? [];
}

describeAdapter('Calls of an exchange', {
  open: () => {
    const settings = { ...phoneConfig.parse({ driver: 'pbx' }), ...phoneSecrets.parse({ token }) };
    const account = { id: 'channel-1', name: 'Phone', settings, publicUrl: null };
    const close = () => Promise.resolve();
    return Promise.resolve({ adapter: createPhoneAdapter(), account, secretTexts: [token], close });
  },
  inbound: {
    event: (stage: Stage, callId) =>
      receive(stage, JSON.stringify({ event: 'newCall', callId, from: '09121234567', to: '100', direction: 'in' })),
    attachments: false,
    malformed: {
      'no JSON': (stage) => receive(stage, '{'),
      'an array': (stage) => receive(stage, '[]'),
      'no call id': (stage) => receive(stage, '{"event":"newCall","direction":"in"}'),
      'an unknown event': (stage) => receive(stage, '{"event":"parked","callId":"1","direction":"in"}'),
      'an unknown direction': (stage) => receive(stage, '{"event":"newCall","callId":"1","direction":"up"}'),
      'nested fields': (stage) => receive(stage, '{"event":"newCall","callId":"1","direction":"in","from":{"a":1}}'),
    },
    forged: {
      'no token': (stage) => receive(stage, '{}', ''),
      'a wrong token': (stage) => receive(stage, '{}', `${token}x`),
    },
  },
  outbound: null,
});
