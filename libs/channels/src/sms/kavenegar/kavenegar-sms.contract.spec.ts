import { startKavenegar, type KavenegarStandIn } from '../../../../../tools/stand-ins/kavenegar.js';
import { describeAdapter, type Stage } from '../../contract/adapter-contract.js';
import type { InboundEvent } from '../../message.js';
import { createSmsAdapter } from '../sms.adapter.js';
import { smsConfig, smsSecrets } from '../sms-settings.js';

interface KavenegarStage extends Stage {
  kavenegar: KavenegarStandIn;
}

async function open(): Promise<KavenegarStage> {
  const kavenegar = await startKavenegar();
  const { apiKey, inboundSecret } = kavenegar;
  const settings = { ...smsConfig.parse(kavenegar.settings()), ...smsSecrets.parse({ apiKey, inboundSecret }) };
  const account = { id: 'channel-1', name: 'SMS', settings, publicUrl: null };
  const secretTexts = [apiKey, inboundSecret];
  return { adapter: createSmsAdapter(), account, kavenegar, secretTexts, close: () => kavenegar.close() };
}

async function receive(
  { adapter, account, kavenegar }: KavenegarStage,
  body: string,
  key = kavenegar.inboundSecret,
): Promise<InboundEvent[]> {
  const originalUrl = `/hooks/sms/channel-1?key=${encodeURIComponent(key)}`;
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const request = { method: 'POST', path: '', originalUrl, headers, body: Buffer.from(body) };
  return (await adapter.receive?.(request, account))?.events ?? [];
}

describeAdapter('SMS over Kavenegar', {
  open,
  inbound: {
    say: (stage: KavenegarStage, { id, text }) =>
      receive(
        stage,
        new URLSearchParams({ messageid: id, from: '09121234567', to: '10004346', message: text }).toString(),
      ),
    attachments: false,
    malformed: {
      'no sender': (stage) => receive(stage, 'messageid=1&message=x'),
      'no id': (stage) => receive(stage, 'from=09121234567&message=x'),
      'nothing at all': (stage) => receive(stage, ''),
      'an unknown state': (stage) => receive(stage, 'messageid=1&status=99'),
    },
    forged: {
      'no secret': (stage) => receive(stage, 'messageid=1&from=09121234567&message=x', ''),
      'a wrong secret': (stage) => receive(stage, 'messageid=1&from=09121234567&message=x', 'wrong'),
    },
  },
  outbound: {
    to: { kind: 'phone', address: '+989121234567' },
    arrange: ({ kavenegar, account }, mood) => {
      if (mood === 'absent') {
        return { ...account, settings: { ...(account.settings as object), baseUrl: 'http://127.0.0.1:1' } };
      }
      const faults = {
        refuses: 'business_error',
        throttles: 'rate_limit',
        cut: 'cut_after',
        unauthorised: 'unauthorized',
      } as const;
      if (mood !== 'accepts') {
        kavenegar.faults.arm(faults[mood], { stated: 411 });
      }
      return account;
    },
    delivered: ({ kavenegar }) => kavenegar.received.map(({ message }) => ({ text: message })),
    retryAfterMs: null,
    attachments: false,
  },
});
