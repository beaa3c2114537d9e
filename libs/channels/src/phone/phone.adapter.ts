import type { ChannelAccount, ChannelAdapter } from '../channel-adapter.js';
import { createPbxCalls } from './pbx-events.js';
import type { PhoneDriver, PhoneOptions } from './phone-driver.js';
import { phoneConfig, phoneSecrets, type PhoneSettings } from './phone-settings.js';
import { createTwilioVoice } from './twilio-voice.js';

/** Phone calls, from Twilio Voice or from the organisation's own exchange. Calls come in; there is nothing to send. */
export function createPhoneAdapter(options: PhoneOptions = {}): ChannelAdapter<PhoneSettings> {
  const drivers = { twilio: createTwilioVoice(options), pbx: createPbxCalls(options) };
  // The settings and the driver are chosen by the same word, which the type system cannot follow through the record.
  const driverOf = ({ settings }: ChannelAccount<PhoneSettings>) =>
    drivers[settings.driver] as PhoneDriver<PhoneSettings>;
  return {
    kind: 'phone',
    capabilities: {
      reaches: [],
      textLimit: null,
      attachments: null,
      subject: false,
      typing: false,
      idempotency: 'none',
    },
    config: phoneConfig,
    secrets: phoneSecrets,
    receive: (request, account) => driverOf(account).receive(request, account),
    fetch: (reference, account, limitBytes) => driverOf(account).fetch(reference, account, limitBytes),
  };
}
