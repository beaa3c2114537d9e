import { type ChannelAccount, ChannelError, UnreadableWebhook } from '../../channel-adapter.js';
import { download } from '../../wire/download.js';
import { recordingScheme } from '../agi/agi-line.js';
import type { PhoneDriver } from '../phone-driver.js';
import type { AsteriskSettings } from '../phone-settings.js';
import { AmiExchanges, type AsteriskOptions } from './ami-exchange.js';
import { checkExchange } from './check-exchange.js';
import { leaveCaller, muteRecording, originateCall, type CallToMake } from './order-exchange.js';
import { amiTimes } from './sign-in.js';

type Account = ChannelAccount<AsteriskSettings>;

/** What an exchange can be told to do. All of it throws ChannelError. */
export interface AsteriskOrders {
  /** Resolves with the id under which the exchange tells of the call. */
  originate(account: Account, call: CallToMake): Promise<string>;
  muteRecording(account: Account, callId: string, mute: boolean): Promise<void>;
  /** Takes whoever talks with a caller off the call. */
  leaveCaller(account: Account, callId: string): Promise<void>;
}

export type AsteriskDriver = PhoneDriver<AsteriskSettings> &
  Required<Pick<PhoneDriver<AsteriskSettings>, 'check'>> &
  AsteriskOrders;

/** Calls of an Asterisk exchange, by its manager interface. What it hands to Peyk by FastAGI comes in by another door. */
export function createAsteriskCalls(options: AsteriskOptions): AsteriskDriver {
  const exchanges = new AmiExchanges(options);
  const means = { times: { ...amiTimes, ...options.amiTimes }, agentFor: options.agentFor };
  return {
    receive: () => Promise.reject(new UnreadableWebhook('This exchange takes no way in by HTTP.')),
    fetch: (reference, account, limitBytes) =>
      fetchRecording(reference, account, { limitBytes, agentFor: options.agentFor }),
    isPolled: ({ settings }) => settings.manager !== undefined && settings.managerSecret !== undefined,
    poll: (account, cursor, signal) => exchanges.poll(account, cursor, signal),
    disconnect: ({ id }) => exchanges.disconnect(id),
    check: (account, onStep) => checkExchange(account, means, onStep),
    originate: ({ settings }, call) => originateCall(settings, means, call),
    muteRecording: ({ settings }, callId, mute) => muteRecording(settings, means, { callId, mute }),
    leaveCaller: ({ settings }, callId) => leaveCaller(settings, means, callId),
  };
}

function fetchRecording(
  reference: string,
  { settings }: Account,
  how: { limitBytes: number; agentFor: AsteriskOptions['agentFor'] },
): Promise<Uint8Array> {
  const { url } = settings.recordings;
  const [, name] = reference.startsWith(recordingScheme) ? (/^[a-z]+:([\w-]+\.wav)$/u.exec(reference) ?? []) : [];
  if (url === undefined || name === undefined) {
    return Promise.reject(
      new ChannelError('misconfigured', 'The settings do not say where recordings of the exchange can be fetched.', {
        retry: 'after-reconnect',
      }),
    );
  }
  const { origin } = new URL(url);
  return download({ url: `${url}/${name}`, headers: {}, mayFetch: (at) => at.origin === origin, ...how });
}
