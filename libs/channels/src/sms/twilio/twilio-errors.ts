import { ChannelError } from '../../channel-adapter.js';
import { errorOfStatus } from '../../wire/sending-errors.js';

/** What Twilio's error numbers mean for a send. Unlisted ones go by their HTTP status. */
const meanings = new Map<number, { code: string; retry: 'never' | 'after-reconnect' }>([
  [20003, { code: 'unauthorized', retry: 'after-reconnect' }],
  [20005, { code: 'account_inactive', retry: 'after-reconnect' }],
  [21211, { code: 'invalid_number', retry: 'never' }],
  [21212, { code: 'invalid_sender', retry: 'after-reconnect' }],
  [21408, { code: 'region_not_permitted', retry: 'never' }],
  [21602, { code: 'empty', retry: 'never' }],
  [21606, { code: 'invalid_sender', retry: 'after-reconnect' }],
  [21609, { code: 'misconfigured', retry: 'after-reconnect' }],
  [21610, { code: 'opted_out', retry: 'never' }],
  [21612, { code: 'not_reachable', retry: 'never' }],
  [21614, { code: 'invalid_number', retry: 'never' }],
  [21617, { code: 'too_long', retry: 'never' }],
  [21659, { code: 'invalid_sender', retry: 'after-reconnect' }],
]);

/** An error answer of Twilio's REST API, as much of it as came. */
export interface TwilioRefusal {
  status: number;
  retryAfter: string | undefined;
  code: number | null;
  message: string;
}

/** The channel error behind a refusal of Twilio. */
export function errorOfTwilio(refusal: TwilioRefusal): ChannelError {
  const said = refusal.code === null ? refusal.message : `${refusal.message} (Twilio ${String(refusal.code)})`;
  const meaning = meanings.get(refusal.code ?? 0);
  return meaning === undefined
    ? errorOfStatus({ status: refusal.status, said, retryAfter: refusal.retryAfter }, 'blind')
    : new ChannelError(meaning.code, said, { retry: meaning.retry });
}

/** Why a message was not delivered, in words for an agent; the number alone when it is not a common one. */
export function deliveryFailure(code: string | undefined): string {
  const words = code === undefined ? undefined : deliveryFailures[code];
  const number = code === undefined || code === '' ? 'no reason given' : `Twilio ${code}`;
  return words === undefined ? number : `${words} (${number})`;
}

const deliveryFailures: Record<string, string> = {
  '21610': 'The recipient opted out',
  '30001': 'The provider’s queue was full',
  '30003': 'The phone is switched off or unreachable',
  '30004': 'The recipient or the carrier blocks this message',
  '30005': 'The number is unknown or out of service',
  '30006': 'The number is a landline or cannot take SMS',
  '30007': 'The carrier filtered the message',
  '30008': 'The carrier gave no reason',
};
