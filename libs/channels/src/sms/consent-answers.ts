import type { Consent } from './consent-words.js';
import type { SmsSettings } from './sms-settings.js';

const answers = {
  stop: {
    en: (name: string) => `${name}: you will get no more messages from us. Send START to get them again.`,
    fa: (name: string) => `${name}: دیگر پیامی از ما نمی‌گیرید. برای بازگشت «شروع» را بفرستید.`,
  },
  start: {
    en: (name: string) => `${name}: you get our messages again. Send STOP to end them.`,
    fa: (name: string) => `${name}: دوباره پیام‌های ما را می‌گیرید. برای پایان «لغو» را بفرستید.`,
  },
};

/**
 * What is answered to a word of consent, in the language of the word; null where the provider answers itself, as Twilio does unless
 * told otherwise, or nobody shall.
 */
export function wordsOfConsent(
  { driver, consent }: Pick<SmsSettings, 'driver' | 'consent'>,
  word: Consent,
  { said, locale, name }: { said: string; locale: string; name: string },
): string | null {
  const answeredBy = consent.answeredBy ?? (driver === 'twilio' ? 'provider' : 'peyk');
  if (answeredBy !== 'peyk') {
    return null;
  }
  const language = languageOf(said, locale);
  const own = word === 'stop' ? consent.stopAnswer : consent.startAnswer;
  return own?.[language] ?? own?.[language === 'fa' ? 'en' : 'fa'] ?? answers[word][language](name);
}

function languageOf(said: string, locale: string): 'en' | 'fa' {
  if (/[\u0600-\u06ff]/u.test(said)) {
    return 'fa';
  }
  return /[a-z]/iu.test(said) || locale !== 'fa' ? 'en' : 'fa';
}
