import { ChannelError } from '../../channel-adapter.js';

interface Meaning {
  code: string;
  words: string;
  retry: 'soon' | 'never' | 'after-reconnect';
  retryAfterMs?: number;
}

const account = (code: string, words: string): Meaning => ({ code, words, retry: 'after-reconnect' });
const final = (code: string, words: string): Meaning => ({ code, words, retry: 'never' });
const later = (code: string, words: string, retryAfterMs = 0): Meaning => ({
  code,
  words,
  retry: 'soon',
  retryAfterMs,
});

/** What the numbers of SMPP 3.4 mean. A number of the centre's own (0x400 and above) refuses the message. */
const meanings = new Map<number, Meaning>([
  [0x01, final('too_long', 'The message is too long')],
  [0x04, account('misconfigured', 'The bind may not send')],
  [0x05, later('already_bound', 'The account is bound elsewhere', 10_000)],
  [0x08, later('provider_failed', 'The message centre failed')],
  [0x0a, account('invalid_sender', 'The sender’s number is not allowed')],
  [0x0b, final('invalid_number', 'The recipient is not a valid number')],
  [0x0d, account('unauthorized', 'The message centre refused the bind')],
  [0x0e, account('unauthorized', 'The password is wrong')],
  [0x0f, account('unauthorized', 'The system id is not known')],
  [0x14, later('rate_limited', 'The message centre’s queue is full', 5_000)],
  [0x15, account('misconfigured', 'The service type is not known')],
  [0x45, later('provider_failed', 'The message centre could not take the message')],
  [0x48, account('invalid_sender', 'The type of the sender’s number is not allowed')],
  [0x49, account('invalid_sender', 'The plan of the sender’s number is not allowed')],
  [0x50, final('invalid_number', 'The type of the recipient’s number is not allowed')],
  [0x51, final('invalid_number', 'The plan of the recipient’s number is not allowed')],
  [0x53, account('misconfigured', 'The system type is not known')],
  [0x58, later('rate_limited', 'The message centre asks for patience', 1_000)],
  [0x61, final('refused', 'The time of the message is not valid')],
]);

/** The channel error behind an answer that is no success. The centre has said no, so nothing of it is in doubt. */
export function errorOfSmpp(status: number): ChannelError {
  const meaning = meanings.get(status) ?? final('refused', 'The message centre refused the message');
  const number = `0x${status.toString(16).padStart(8, '0')}`;
  return new ChannelError(meaning.code, `${meaning.words} (SMPP ${number}).`, {
    retry: meaning.retry,
    retryAfterMs: meaning.retryAfterMs || null,
  });
}
