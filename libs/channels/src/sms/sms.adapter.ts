import type { ChannelAccount, ChannelAdapter } from '../channel-adapter.js';
import { smsTextLimit } from './check-outbound.js';
import { createGatewaySms } from './gateway/gateway-sms.js';
import type { SmsDriver, SmsOptions } from './sms-driver.js';
import { smsConfig, smsSecrets, type SmsSettings } from './sms-settings.js';
import { createTwilioSms } from './twilio/twilio-sms.js';

/** SMS over Twilio or over any HTTP gateway, as each account's settings say. */
export function createSmsAdapter(options: SmsOptions = {}): ChannelAdapter<SmsSettings> {
  const drivers = { twilio: createTwilioSms(options), gateway: createGatewaySms(options) };
  // The settings and the driver are chosen by the same word, which the type system cannot follow through the record.
  const driverOf = ({ settings }: ChannelAccount<SmsSettings>) => drivers[settings.driver] as SmsDriver<SmsSettings>;
  return {
    kind: 'sms',
    capabilities: {
      reaches: ['phone'],
      textLimit: smsTextLimit,
      attachments: null,
      subject: false,
      typing: false,
      idempotency: 'none',
    },
    config: smsConfig,
    secrets: smsSecrets,
    receive: (request, account) => driverOf(account).receive(request, account),
    send: (message, account) => driverOf(account).send(message, account),
    fetch: (reference, account, limitBytes) => driverOf(account).fetch(reference, account, limitBytes),
  };
}
