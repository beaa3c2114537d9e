import type { Bucket, Capabilities, ChannelAccount, ChannelAdapter, SendingPace } from '../channel-adapter.js';
import { ChannelError, UnreadableWebhook } from '../channel-adapter.js';
import { smsTextLimit } from './check-outbound.js';
import { createGatewaySms } from './gateway/gateway-sms.js';
import { createKavenegarSms } from './kavenegar/kavenegar-sms.js';
import { createSmppSms, type SmppOptions } from './smpp/smpp-sms.js';
import type { Question, Reconciled, SmsDriver } from './sms-driver.js';
import { smsConfig, smsSecrets, type SmsSettings } from './sms-settings.js';
import { createTwilioSms } from './twilio/twilio-sms.js';

const capabilities: Capabilities = {
  reaches: ['phone'],
  textLimit: smsTextLimit,
  attachments: null,
  subject: false,
  typing: false,
  idempotency: 'none',
};

/** An MMS; its provider fetches the pictures from the hub. Carriers take pictures of these kinds at this size; other files they take much smaller, if at all. */
const withPictures: Capabilities = {
  ...capabilities,
  attachments: { maxBytes: 5 * 1024 * 1024, maxCount: 10 },
  media: ['image/jpeg', 'image/png', 'image/gif'],
};

/** An adapter that can also be asked what became of messages. */
export interface SmsAdapter extends ChannelAdapter<SmsSettings> {
  /** What a provider knows that it did not tell, or told while nobody heard; null for one that cannot be asked. */
  reconcile(account: ChannelAccount<SmsSettings>, question: Question): Promise<Reconciled | null>;
}

/** SMS over a provider that Peyk knows, a message centre, or any HTTP gateway, as each account's settings say. */
export function createSmsAdapter(options: SmppOptions = {}): SmsAdapter {
  const drivers = {
    twilio: createTwilioSms(options),
    kavenegar: createKavenegarSms(options),
    smpp: createSmppSms(options),
    gateway: createGatewaySms(options),
  };
  // The settings and the driver are chosen by the same word, which the type system cannot follow through the record.
  const driverOf = ({ settings }: ChannelAccount<SmsSettings>) => drivers[settings.driver] as SmsDriver<SmsSettings>;
  return {
    kind: 'sms',
    capabilities,
    capabilitiesOf: ({ settings, publicUrl }) =>
      settings.driver === 'twilio' && settings.mms && publicUrl !== null ? withPictures : capabilities,
    config: smsConfig,
    secrets: smsSecrets,
    receive: async (request, account) =>
      (await driverOf(account).receive?.(request, account)) ??
      Promise.reject(new UnreadableWebhook('This channel takes no messages in by HTTP.')),
    isPolled: (account) => driverOf(account).isPolled?.(account) ?? false,
    poll: async (account, cursor, signal) =>
      (await driverOf(account).poll?.(account, cursor, signal)) ?? { events: [], cursor },
    disconnect: (account) => driverOf(account).disconnect?.(account),
    send: (message, account) => driverOf(account).send(message, account),
    sendsHere: (account) => driverOf(account).sendsHere?.(account) ?? true,
    fetch: async (reference, account, limitBytes) =>
      (await driverOf(account).fetch?.(reference, account, limitBytes)) ?? Promise.reject(noFiles()),
    paceOf: ({ settings }) => paceOf(settings),
    check: (account, onStep) => driverOf(account).check(account, onStep),
    reconcile: async (account, question) => (await driverOf(account).reconcile?.(account, question)) ?? null,
  };
}

function noFiles(): ChannelError {
  return new ChannelError('attachments_unsupported', 'An SMS of this provider carries no files.', { retry: 'never' });
}

const unlimited: Bucket = { burst: 1_000, perSecond: 1_000 };

function paceOf({ limits: { perSecond } }: SmsSettings): SendingPace | null {
  const bucket = perSecond === undefined ? null : { burst: Math.max(1, Math.floor(perSecond)), perSecond };
  return bucket && { account: bucket, each: () => unlimited };
}
