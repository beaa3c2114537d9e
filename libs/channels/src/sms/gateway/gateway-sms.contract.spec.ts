import { startSmsGateway, type GatewayStandIn } from '../../../../../tools/stand-ins/sms-gateway.js';
import { describeAdapter, type Stage } from '../../contract/adapter-contract.js';
import type { InboundEvent } from '../../message.js';
import { createSmsAdapter } from '../sms.adapter.js';
import { smsConfig, smsSecrets } from '../sms-settings.js';

interface GatewayStage extends Stage {
  gateway: GatewayStandIn;
}

const moods = {
  refuses: 'business_error',
  throttles: 'rate_limit',
  cut: 'cut_after',
  unauthorised: 'unauthorized',
} as const;

async function open(): Promise<GatewayStage> {
  const gateway = await startSmsGateway();
  const { apiKey, inboundSecret } = gateway;
  const settings = { ...smsConfig.parse(gateway.settings()), ...smsSecrets.parse({ apiKey, inboundSecret }) };
  const account = { id: 'channel-1', name: 'SMS', settings, publicUrl: null };
  const secretTexts = [apiKey, inboundSecret];
  return { adapter: createSmsAdapter(), account, gateway, secretTexts, close: () => gateway.close() };
}

async function receive(stage: GatewayStage, body: string, more: Record<string, string> = {}): Promise<InboundEvent[]> {
  const reading = await stage.adapter.receive?.(
    {
      method: 'POST',
      path: '',
      originalUrl: '/hooks/sms/channel-1',
      headers: { 'x-gateway-secret': stage.gateway.inboundSecret, ...more },
      body: Buffer.from(body),
    },
    stage.account,
  );
  return reading?.events ?? [];
}

describeAdapter('SMS over a gateway', {
  open,
  inbound: {
    say: (stage: GatewayStage, { id, text }) =>
      receive(stage, new URLSearchParams({ from: '09121234567', message: text, messageid: id }).toString()),
    attachments: false,
    malformed: {
      'no sender': (stage) => receive(stage, 'message=x'),
      'nothing at all': (stage) => receive(stage, ''),
      'broken JSON': (stage) => receive(stage, '{"from":', { 'content-type': 'application/json' }),
      'JSON of another shape': (stage) => receive(stage, '{"from":{}}', { 'content-type': 'application/json' }),
    },
    forged: {
      'no secret': (stage) => receive(stage, 'from=09121234567&message=x', { 'x-gateway-secret': '' }),
      'a wrong secret': (stage) => receive(stage, 'from=09121234567&message=x', { 'x-gateway-secret': 'wrong' }),
    },
  },
  outbound: {
    to: { kind: 'phone', address: '+989121234567' },
    arrange: ({ gateway, account }, mood) => {
      if (mood === 'absent') {
        const request = { url: 'http://127.0.0.1:1/{secret}' };
        const config = smsConfig.parse({ ...gateway.settings(), request });
        return { ...account, settings: { ...(account.settings as object), ...config } };
      }
      if (mood !== 'accepts') {
        gateway.faults.arm(moods[mood], { retryAfter: 7 });
      }
      return account;
    },
    delivered: ({ gateway }) => gateway.received.map(({ text }) => ({ text })),
    retryAfterMs: 7000,
    attachments: false,
  },
});
