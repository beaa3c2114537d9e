import type { PromptLocale } from './prompt-names.js';

/** What the hub itself says on a line, whatever script there is. */
const sentences = {
  'please-wait': {
    en: 'Thank you. Please wait, we are connecting you.',
    fa: 'سپاسگزاریم. لطفاً منتظر بمانید، شما را وصل می‌کنیم.',
  },
  'your-place-is': { en: 'Your place in the queue is', fa: 'نوبت شما در صف' },
  'press-one-to-keep': {
    en: 'Press one to keep your place and be called back.',
    fa: 'برای حفظ نوبت و تماس ما با شما، عدد یک را بزنید.',
  },
  sorry: {
    en: 'Sorry, something went wrong. Please call again later.',
    fa: 'متأسفیم، مشکلی پیش آمد. لطفاً بعداً دوباره تماس بگیرید.',
  },
  'leave-a-message': {
    en: 'Please leave a message after the tone. It is recorded.',
    fa: 'لطفاً پس از شنیدن صدای بوق پیام بگذارید. پیام شما ضبط می‌شود.',
  },
  'recorded-notice': { en: 'This call is recorded.', fa: 'این گفتگو ضبط می‌شود.' },
  goodbye: { en: 'Thank you for calling. Goodbye.', fa: 'از تماس شما سپاسگزاریم. خدانگهدار.' },
  'nobody-there': {
    en: 'Nobody can take your call now. We will call you back.',
    fa: 'اکنون کسی پاسخگو نیست. با شما تماس می‌گیریم.',
  },
  'place-kept': {
    en: 'You keep your place. We will call you back when it is your turn.',
    fa: 'نوبت شما محفوظ است. هنگام نوبتتان با شما تماس می‌گیریم.',
  },
  'survey-question': {
    en: 'How satisfied were you with this call? Press a key from one to five. Five is best.',
    fa: 'از این گفتگو چقدر راضی بودید؟ عددی از یک تا پنج بزنید. پنج بهترین است.',
  },
  'thank-you': { en: 'Thank you.', fa: 'سپاسگزاریم.' },
} satisfies Record<string, Record<PromptLocale, string>>;

/** Sentences of the hub's own; `hold-music` is no sentence and is played all the same. */
export type LineSentence = keyof typeof sentences | 'hold-music';

export const lineSentences = [...(Object.keys(sentences) as (keyof typeof sentences)[]), 'hold-music'] as const;

/** The library's name of a sentence, e.g. `line/fa/goodbye.wav`. */
export function linePrompt(sentence: LineSentence, locale: PromptLocale): string {
  return `line/${locale}/${sentence}.wav`;
}

/** What is to be read aloud for it; '' for music. */
export function lineText(sentence: LineSentence, locale: PromptLocale): string {
  return sentence === 'hold-music' ? '' : sentences[sentence][locale];
}
