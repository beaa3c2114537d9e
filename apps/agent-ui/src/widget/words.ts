import type { Locale } from './locale.js';

const en = {
  title: 'Chat with us',
  subtitle: 'We answer you right here',
  hello: 'Hello! How can we help?',
  helloMore: 'Write your question below. The answer stays here, even if you leave and come back.',
  log: 'Conversation',
  close: 'Close the chat',
  write: 'Write a message…',
  send: 'Send',
  you: 'You',
  bot: 'Assistant',
  connecting: 'Connecting…',
  down: 'No connection. What you write is kept and sent later.',
  refused: 'This chat is not available right now.',
  typing: (name: string) => `${name} is writing…`,
  someoneTyping: 'Writing an answer…',
  waiting: 'Sending',
  sent: 'Sent',
  delivered: 'Delivered',
  read: 'Read',
  failed: 'Not sent. Try again',
  earlier: 'Earlier messages',
  newest: 'New messages',
  today: 'Today',
  tomorrow: 'Tomorrow',
  yesterday: 'Yesterday',
  unread: (count: string) => `Chat with us, unread messages: ${count}`,
  launcher: 'Chat with us',
  download: 'Download',
  fileFailed: 'The file could not be loaded',
  attach: 'Attach files',
  choose: 'Answers to choose from',
  more: 'More',
  back: 'Back to the chat',
  closed: 'Nobody is here just now. Write to us; we answer as soon as we can.',
  opens: (when: string) => `We are back: ${when}.`,
  queue: (place: string) => `You are number ${place} in line.`,
  queueTime: (minutes: string) => `About ${minutes} min.`,
  queueMore: (minutes: string) => `More than ${minutes} min.`,
  partFailed: 'This could not be loaded. Try again',
};

export type Words = typeof en;

const fa: Words = {
  title: 'گفتگو با ما',
  subtitle: 'همین‌جا پاسخ می‌دهیم',
  hello: 'سلام! چه کمکی از ما برمی‌آید؟',
  helloMore: 'پرسش خود را پایین بنویسید. پاسخ همین‌جا می‌ماند، حتی اگر بروید و برگردید.',
  log: 'گفتگو',
  close: 'بستن گفتگو',
  write: 'پیام بنویسید…',
  send: 'فرستادن',
  you: 'شما',
  bot: 'دستیار',
  connecting: 'در حال اتصال…',
  down: 'اتصال برقرار نیست. پیام‌های شما نگه داشته و بعداً فرستاده می‌شوند.',
  refused: 'این گفتگو اکنون در دسترس نیست.',
  typing: (name) => `${name} در حال نوشتن است…`,
  someoneTyping: 'در حال نوشتن پاسخ…',
  waiting: 'در حال ارسال',
  sent: 'فرستاده شد',
  delivered: 'رسید',
  read: 'خوانده شد',
  failed: 'فرستاده نشد. دوباره بفرستید',
  earlier: 'پیام‌های پیشین',
  newest: 'پیام‌های تازه',
  today: 'امروز',
  tomorrow: 'فردا',
  yesterday: 'دیروز',
  unread: (count) => `گفتگو با ما، پیام‌های نخوانده: ${count}`,
  launcher: 'گفتگو با ما',
  download: 'بارگیری',
  fileFailed: 'پرونده بار نشد',
  attach: 'پیوست پرونده',
  choose: 'پاسخ‌های آماده',
  more: 'بیشتر',
  back: 'بازگشت به گفتگو',
  closed: 'اکنون کسی اینجا نیست. بنویسید؛ در نخستین فرصت پاسخ می‌دهیم.',
  opens: (when) => `بازگشت ما: ${when}.`,
  queue: (place) => `شما نفر ${place} در صف هستید.`,
  queueTime: (minutes) => `حدود ${minutes} دقیقه.`,
  queueMore: (minutes) => `بیش از ${minutes} دقیقه.`,
  partFailed: 'بار نشد. دوباره بزنید',
};

const tables: Record<Locale, Words> = { en, fa };

export function wordsOf(locale: Locale): Words {
  return tables[locale];
}

/** Sets a name apart, so that its direction and the sentence's do not mix. */
export function isolate(text: string): string {
  return `\u2068${text}\u2069`;
}
