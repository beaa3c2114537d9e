import type { BoardMeasure, ChannelKind, NoticeAlert, NoticeSubject, NoticeView } from '#contract';

type Locale = 'en' | 'fa';

/** What a notice is told as, where there is room for two lines. Values stand in braces. */
interface Words {
  reply: string;
  mention: string;
  assigned: string;
  warning: string;
  late: string;
  failed: string;
  unconfirmed: string;
  hand: string;
  review: string;
  ticket: string;
  somebody: string;
  test: string;
  testBody: string;
  channels: Record<ChannelKind, string>;
  everyQueue: string;
  passed: Record<BoardMeasure, string>;
}

const words: Record<Locale, Words> = {
  en: {
    reply: '{name} wrote',
    mention: '{by} mentioned you',
    assigned: 'New work: {name}',
    warning: 'A promise to {name} comes due',
    late: 'A promise to {name} is overdue',
    failed: 'Your message to {name} was not sent',
    unconfirmed: 'Your message to {name} may not have arrived',
    hand: '{by} asks for help with {name}',
    review: '{by} reviewed your work for {name}',
    ticket: 'Ticket {number}',
    somebody: 'A customer',
    test: 'Peyk can reach this browser',
    testBody: 'This is what a notification looks like.',
    channels: {
      email: 'E-mail',
      sms: 'SMS',
      telegram: 'Telegram',
      web: 'Web chat',
      phone: 'Phone',
      messages: 'Messages',
    },
    everyQueue: 'All queues',
    passed: {
      waiting: 'Too many are waiting',
      longest_wait: 'Somebody has been waiting for too long',
      at_risk: 'Too many promises are about to be broken',
      broken: 'Too many promises were broken today',
      agents_online: 'Too few agents are online',
      bot_share: 'Bots solve too little by themselves today',
      first_reply: 'First replies take too long today',
    },
  },
  fa: {
    reply: '{name} نوشت',
    mention: '{by} از شما نام برد',
    assigned: 'کار تازه: {name}',
    warning: 'موعد قول به {name} نزدیک است',
    late: 'موعد قول به {name} گذشت',
    failed: 'پیام شما به {name} فرستاده نشد',
    unconfirmed: 'شاید پیام شما به {name} نرسیده باشد',
    hand: '{by} دربارهٔ {name} کمک می‌خواهد',
    review: '{by} کار شما برای {name} را ارزیابی کرد',
    ticket: 'تیکت {number}',
    somebody: 'یک مشتری',
    test: 'پیک به این مرورگر می‌رسد',
    testBody: 'اعلان‌ها این شکلی هستند.',
    channels: {
      email: 'ایمیل',
      sms: 'پیامک',
      telegram: 'تلگرام',
      web: 'گفتگوی وب',
      phone: 'تلفن',
      messages: 'پیام‌ها',
    },
    everyQueue: 'همهٔ صف‌ها',
    passed: {
      waiting: 'شمار منتظران از حد گذشته است',
      longest_wait: 'کسی بیش از حد در انتظار مانده است',
      at_risk: 'قول‌های در خطر بیش از حد شده‌اند',
      broken: 'امروز قول‌های شکسته بیش از حد شده‌اند',
      agents_online: 'کارشناسان آنلاین کمتر از حد لازم‌اند',
      bot_share: 'سهم گفتگوهایی که ربات امروز حل کرده کمتر از حد است',
      first_reply: 'امروز نخستین پاسخ بیش از حد طول می‌کشد',
    },
  },
};

/** A name must not turn the sentence around it. */
const isolated = (value: string): string => `\u2068${value}\u2069`;

const fill = (text: string, values: Record<string, string>): string =>
  text.replace(/\{(\w+)\}/gu, (_, name: string) => isolated(values[name] ?? ''));

/** The two lines of a notice in its reader's language. `withText`: what was written may be shown, where it may be read. */
export function sayNotice(
  notice: NoticeView,
  locale: Locale,
  withText: boolean,
): { title: string; body: string } | null {
  const { about, kind, alert } = notice;
  if (alert !== null) {
    return sayAlert(alert, words[locale]);
  }
  if (about === null) {
    return null;
  }
  const say = words[locale];
  const names = { name: about.customer.name || say.somebody, by: about.by?.name ?? '' };
  const isTold = withText && kind !== 'assigned' && kind !== 'promise';
  return { title: fill(titleOf(notice, say), names), body: (isTold && about.text) || placeOf(about, locale) };
}

function sayAlert({ queue, measure }: NoticeAlert, say: Words): { title: string; body: string } {
  return { title: queue?.name ?? say.everyQueue, body: say.passed[measure] };
}

/** By which channel, and on which ticket. */
function placeOf({ channelKind, ticket }: NoticeSubject, locale: Locale): string {
  const say = words[locale];
  const channel = channelKind === null ? [] : [say.channels[channelKind]];
  return [...channel, ...(ticket ? [fill(say.ticket, { number: numberOf(ticket, locale) })] : [])].join(' · ');
}

/** What a browser is told that its reader tries out. */
export function sayTest(locale: Locale): { title: string; body: string } {
  return { title: words[locale].test, body: words[locale].testBody };
}

function titleOf({ kind, promise, failure }: NoticeView, say: Words): string {
  if (kind === 'promise') {
    return promise?.kind === 'warning' ? say.warning : say.late;
  }
  if (kind === 'failed') {
    return failure === 'unconfirmed' ? say.unconfirmed : say.failed;
  }
  return kind === 'alert' ? '' : say[kind];
}

function numberOf({ number, prefix }: { number: number; prefix: string }, locale: Locale): string {
  const digits = new Intl.NumberFormat(locale === 'fa' ? 'fa-IR' : 'en', { useGrouping: false }).format(number);
  return prefix === '' ? digits : `${prefix}-${digits}`;
}
