import { signTwilio } from '../../../../tools/stand-ins/twilio-webhooks.js';
import { describeAdapter, type Stage } from '../contract/adapter-contract.js';
import type { InboundEvent } from '../message.js';
import { createPhoneAdapter } from './phone.adapter.js';
import { phoneConfig, phoneSecrets } from './phone-settings.js';

const accountSid = 'AC00000000000000000000000000000001';
const authToken = 'auth-token-of-this-contract';
const publicUrl = 'https://hub.example';

async function receive(
  { adapter, account }: Stage,
  params: Record<string, string>,
  signature?: string,
): Promise<InboundEvent[]> {
  const originalUrl = '/hooks/twilio/channel-1/voice-status';
  const whole = { AccountSid: accountSid, Direction: 'inbound', ...params };
  const reading = await adapter.receive?.(
    {
      method: 'POST',
      path: 'voice-status',
      originalUrl,
      headers: { 'x-twilio-signature': signature ?? signTwilio(authToken, publicUrl + originalUrl, whole) },
      body: Buffer.from(new URLSearchParams(whole).toString()),
    },
    account,
  );
  return reading?.events ?? [];
}

describeAdapter('Calls over Twilio', {
  open: () => {
    const settings = { ...phoneConfig.parse({ driver: 'twilio', accountSid }), ...phoneSecrets.parse({ authToken }) };
    const account = { id: 'channel-1', name: 'Phone', settings, publicUrl };
    const close = () => Promise.resolve();
    return Promise.resolve({ adapter: createPhoneAdapter(), account, secretTexts: [authToken], close });
  },
  inbound: {
    event: (stage: Stage, id) => receive(stage, { CallSid: id, CallStatus: 'ringing', From: '+989121234567' }),
    attachments: false,
    malformed: {
      'no call id': (stage) => receive(stage, { CallStatus: 'ringing' }),
      'no state': (stage) => receive(stage, { CallSid: 'CA1' }),
      'an unknown state': (stage) => receive(stage, { CallSid: 'CA1', CallStatus: 'constructor' }),
      'no caller and odd numbers': (stage) =>
        receive(stage, { CallSid: 'CA1', CallStatus: 'completed', CallDuration: 'NaN', Timestamp: 'never' }),
    },
    forged: {
      'no signature': (stage) => receive(stage, { CallSid: 'CA1' }, ''),
      'a wrong signature': (stage) => receive(stage, { CallSid: 'CA1' }, 'AAAA'),
    },
  },
  outbound: null,
});
