import { signTwilio } from '../../../../../tools/stand-ins/twilio-webhooks.js';
import { startTwilio, type TwilioStandIn } from '../../../../../tools/stand-ins/twilio.js';
import { describeAdapter, type Stage } from '../../contract/adapter-contract.js';
import type { InboundEvent } from '../../message.js';
import { createSmsAdapter } from '../sms.adapter.js';
import { smsConfig, smsSecrets } from '../sms-settings.js';

interface TwilioStage extends Stage {
  twilio: TwilioStandIn;
}

const publicUrl = 'https://hub.example';
const moods = { refuses: 'refused', throttles: 'rate_limit', cut: 'cut_after', unauthorised: 'unauthorized' } as const;

async function open(): Promise<TwilioStage> {
  const twilio = await startTwilio({ publicUrl, statuses: [] });
  const { accountSid, authToken, url: baseUrl } = twilio;
  const config = smsConfig.parse({ driver: 'twilio', accountSid, from: '+15005550006', baseUrl });
  const settings = { ...config, ...smsSecrets.parse({ authToken }) };
  const account = { id: 'channel-1', name: 'SMS', settings, publicUrl };
  return { adapter: createSmsAdapter(), account, twilio, secretTexts: [authToken], close: () => twilio.close() };
}

interface Post {
  params: Record<string, string>;
  signature?: string;
}

async function receive(
  { adapter, account, twilio }: TwilioStage,
  { params, signature }: Post,
): Promise<InboundEvent[]> {
  const originalUrl = '/hooks/twilio/channel-1/sms';
  const whole = { AccountSid: twilio.accountSid, To: '+15005550006', ...params };
  const reading = await adapter.receive?.(
    {
      method: 'POST',
      path: 'sms',
      originalUrl,
      headers: { 'x-twilio-signature': signature ?? signTwilio(twilio.authToken, publicUrl + originalUrl, whole) },
      body: Buffer.from(new URLSearchParams(whole).toString()),
    },
    account,
  );
  return reading?.events ?? [];
}

describeAdapter('SMS over Twilio', {
  open,
  inbound: {
    say: (stage: TwilioStage, { id, text }) =>
      receive(stage, { params: { MessageSid: id, From: '+989121234567', Body: text } }),
    attachments: false,
    malformed: {
      'no sender': (stage) => receive(stage, { params: { MessageSid: 'SM1', Body: 'x' } }),
      'no id': (stage) => receive(stage, { params: { From: '+989121234567', Body: 'x' } }),
      'files that are not there': (stage) =>
        receive(stage, { params: { MessageSid: 'SM2', From: '+989121234567', NumMedia: '1e9' } }),
    },
    forged: {
      'no signature': (stage) => receive(stage, { params: { MessageSid: 'SM3' }, signature: '' }),
      'a wrong signature': (stage) => receive(stage, { params: { MessageSid: 'SM3' }, signature: 'AAAA' }),
    },
  },
  outbound: {
    to: { kind: 'phone', address: '+989121234567' },
    arrange: ({ twilio, account }, mood) => {
      if (mood === 'absent') {
        return { ...account, settings: { ...(account.settings as object), baseUrl: 'http://127.0.0.1:1' } };
      }
      if (mood !== 'accepts') {
        twilio.faults.arm(moods[mood], { retryAfter: 7 });
      }
      return account;
    },
    delivered: ({ twilio }) => twilio.received.map(({ body }) => ({ text: body })),
    retryAfterMs: 7000,
    attachments: false,
  },
});
