import { matchKey } from '../match-key.js';

/** What a customer wants of a sender: no more of it, or to hear from it again. */
export type Consent = 'stop' | 'start';

/** Words that an organisation adds to those everybody knows. */
export interface ConsentWords {
  stop: readonly string[];
  start: readonly string[];
}

/** What carriers and Twilio obey in English, and what people in Iran are told to send. */
const stopWords = [
  'stop',
  'stop all',
  'unsubscribe',
  'cancel',
  'end',
  'quit',
  'revoke',
  'opt out',
  'لغو',
  'لغو ۱۱',
  '۱۱',
  'توقف',
  'لغو عضویت',
  'لغو اشتراک',
  'لغو پیامک',
];
const startWords = ['start', 'unstop', 'yes', 'opt in', 'subscribe', 'شروع', 'فعال', 'فعال‌سازی', 'عضویت', 'بله'];

const keyOf = (text: string): string => matchKey(text).replaceAll(' ', '');
const known = {
  stop: new Set(stopWords.map(keyOf)),
  start: new Set(startWords.map(keyOf)),
};

/** A word is the whole message: "please stop calling" is for an agent to read. */
const longestWord = 40;

/**
 * What a message says of the sender's consent; null for everything that is not one of the words alone. Case, spaces, signs, Arabic
 * letters and Persian digits make no difference.
 */
export function readConsent(text: string, more: ConsentWords): Consent | null {
  if (text.length > longestWord) {
    return null;
  }
  const key = keyOf(text);
  const says = (consent: Consent) => known[consent].has(key) || more[consent].some((word) => keyOf(word) === key);
  if (key === '') {
    return null;
  }
  return says('stop') ? 'stop' : says('start') ? 'start' : null;
}
