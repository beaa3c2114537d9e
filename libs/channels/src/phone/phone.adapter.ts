import type { ChannelAccount, ChannelAdapter } from '../channel-adapter.js';
import { createAsteriskCalls, type AsteriskOrders } from './ami/asterisk-calls.js';
import type { AsteriskOptions } from './ami/ami-exchange.js';
import { createJambonzCalls } from './jambonz/jambonz-calls.js';
import { createPbxCalls } from './pbx-events.js';
import type { PhoneDriver } from './phone-driver.js';
import { phoneConfig, phoneSecrets, type PhoneSettings } from './phone-settings.js';
import { createTwilioVoice } from './twilio-voice.js';

/** A phone adapter, and what exchanges can be told to do beside. */
export interface PhoneAdapter extends ChannelAdapter<PhoneSettings> {
  readonly asterisk: AsteriskOrders;
}

/** Phone calls, from Twilio Voice, jambonz or the organisation's own exchange. Calls come in; there is nothing to send. */
export function createPhoneAdapter(options: AsteriskOptions = {}): PhoneAdapter {
  const asterisk = createAsteriskCalls(options);
  const drivers = {
    twilio: createTwilioVoice(options),
    jambonz: createJambonzCalls(options),
    pbx: createPbxCalls(options),
    asterisk,
  };
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
    isPolled: (account) => driverOf(account).isPolled?.(account) ?? false,
    poll: async (account, cursor, signal) =>
      (await driverOf(account).poll?.(account, cursor, signal)) ?? { events: [], cursor },
    disconnect: (account) => driverOf(account).disconnect?.(account),
    check: (account, onStep) => driverOf(account).check?.(account, onStep) ?? Promise.resolve(),
    asterisk,
  };
}
