import { ChannelError } from '../../channel-adapter.js';
import { errorOfStatus } from '../../wire/sending-errors.js';

interface Meaning {
  code: string;
  retry: 'soon' | 'never' | 'after-reconnect';
}

const account = (code: string): Meaning => ({ code, retry: 'after-reconnect' });
const final = (code: string): Meaning => ({ code, retry: 'never' });
const later = (code: string): Meaning => ({ code, retry: 'soon' });

/** What Twilio's error numbers mean for a send. Unlisted ones go by their HTTP status. */
const meanings = new Map<number, Meaning>([
  [20003, account('unauthorized')],
  [20005, account('account_inactive')],
  [20006, account('unauthorized')],
  [20429, later('rate_limited')],
  [14107, later('rate_limited')],
  [21201, final('invalid_number')],
  [21211, final('invalid_number')],
  [21212, account('invalid_sender')],
  [21214, final('not_reachable')],
  [21217, final('invalid_number')],
  [21408, final('region_not_permitted')],
  [21421, final('invalid_number')],
  [21602, final('empty')],
  [21603, account('invalid_sender')],
  [21604, final('invalid_number')],
  [21606, account('invalid_sender')],
  [21608, final('not_reachable')],
  [21609, account('misconfigured')],
  [21610, final('opted_out')],
  [21611, later('rate_limited')],
  [21612, final('not_reachable')],
  [21614, final('invalid_number')],
  [21617, final('too_long')],
  [21619, final('empty')],
  [21620, final('refused')],
  [21635, final('not_reachable')],
  [21659, account('invalid_sender')],
  [21660, account('invalid_sender')],
  [21703, account('misconfigured')],
  [21704, account('misconfigured')],
  [21705, account('misconfigured')],
  [21712, account('invalid_sender')],
  [30002, account('account_inactive')],
  [63038, account('quota_reached')],
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
  const byStatus = () => errorOfStatus({ status: refusal.status, said, retryAfter: refusal.retryAfter }, 'blind');
  if (meaning === undefined) {
    return byStatus();
  }
  const { retryAfterMs } = refusal.status === 429 ? byStatus() : { retryAfterMs: null };
  return new ChannelError(meaning.code, said, { retry: meaning.retry, retryAfterMs });
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
  '30002': 'The account was suspended meanwhile',
  '30003': 'The phone is switched off or unreachable',
  '30004': 'The recipient or the carrier blocks this message',
  '30005': 'The number is unknown or out of service',
  '30006': 'The number is a landline or cannot take SMS',
  '30007': 'The carrier filtered the message',
  '30008': 'The carrier gave no reason',
  '30009': 'A part of the message was lost',
  '30010': 'The message would have cost more than allowed',
  '30022': 'The number sends faster than its carrier allows',
  '30023': 'The day’s limit of this number is reached',
  '30032': 'The toll-free number is not verified',
  '30034': 'The number is not registered with the carriers',
  '30036': 'The message waited longer than its validity',
};
