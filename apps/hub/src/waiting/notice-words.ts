import type { CallbackWay, TwoTexts, WaitEstimate } from '#tickets';

export type Language = 'en' | 'fa';

/** Where short texts are wanted, words are few: an SMS in Persian holds 70 characters. */
export type Room = 'short' | 'long';

/** What a text may name. `opensAt` in milliseconds of the Unix epoch, told in `timeZone`; null where nobody knows. */
export interface NoticeFacts {
  place?: number;
  wait?: WaitEstimate | null;
  opensAt?: number | null;
  timeZone?: string | null;
}

const digits: Record<Language, string> = { en: 'en-GB', fa: 'fa-IR-u-nu-arabext' };
const dates: Record<Language, string> = { en: 'en-GB', fa: 'fa-IR-u-ca-persian-nu-arabext' };
const dayMs = 86_400_000;

const words = {
  en: {
    queued: (place: string, wait: string) =>
      `We have your message. You are number ${place} in line.${wait} You keep your place; we answer you here.`,
    queuedShort: (place: string, wait: string) => `We have your message. You are number ${place} in line.${wait}`,
    moved: (place: string, wait: string) => `You are number ${place} in line now.${wait}`,
    offer: (wait: string) =>
      `It takes longer than usual.${wait} Shall we come back to you? You keep your place in line.`,
    closed: (opens: string) => `We have your message. We are closed just now.${opens} You keep your place in line.`,
    opens: (when: string) => ` We are back ${when}.`,
    about: (minutes: string) => ` The wait is about ${minutes} min.`,
    more: (minutes: string) => ` The wait is more than ${minutes} min.`,
    today: 'today',
    tomorrow: 'tomorrow',
    at: (day: string, time: string) => `${day} at ${time}`,
    ways: { call: 'Call me', sms: 'Text me', same: 'Write to me here', no: 'I will wait', cancel: 'No longer needed' },
    agreed: {
      call: (address: string) => `All right, we will call ${address} when it is your turn.`,
      sms: (address: string) => `All right, we will text ${address} when it is your turn.`,
      same: () => 'All right, we will write to you here when it is your turn.',
    },
    cancelled: 'All right, we will not come back to you. You are still in line.',
    missed: 'We saw your call and are sorry that nobody answered. We will call you back.',
  },
  fa: {
    queued: (place: string, wait: string) =>
      `پیام شما رسید. شما نفر ${place} در صف هستید.${wait} نوبت شما محفوظ است و همین‌جا پاسخ می‌دهیم.`,
    queuedShort: (place: string, wait: string) => `پیام شما رسید. نفر ${place} در صف هستید.${wait}`,
    moved: (place: string, wait: string) => `اکنون نفر ${place} در صف هستید.${wait}`,
    offer: (wait: string) => `پاسخ‌گویی بیشتر از معمول طول می‌کشد.${wait} ما به شما خبر بدهیم؟ نوبتتان محفوظ می‌ماند.`,
    closed: (opens: string) => `پیام شما رسید. اکنون بسته‌ایم.${opens} نوبت شما محفوظ است.`,
    opens: (when: string) => ` بازگشت ما: ${when}.`,
    about: (minutes: string) => ` زمان انتظار حدود ${minutes} دقیقه است.`,
    more: (minutes: string) => ` زمان انتظار بیش از ${minutes} دقیقه است.`,
    today: 'امروز',
    tomorrow: 'فردا',
    at: (day: string, time: string) => `${day} ساعت ${time}`,
    ways: {
      call: 'با من تماس بگیرید',
      sms: 'پیامک بدهید',
      same: 'همین‌جا بنویسید',
      no: 'منتظر می‌مانم',
      cancel: 'دیگر لازم نیست',
    },
    agreed: {
      call: (address: string) => `بسیار خوب، نوبتتان که شد با ${address} تماس می‌گیریم.`,
      sms: (address: string) => `بسیار خوب، نوبتتان که شد به ${address} پیامک می‌دهیم.`,
      same: () => 'بسیار خوب، نوبتتان که شد همین‌جا برایتان می‌نویسیم.',
    },
    cancelled: 'بسیار خوب، دیگر خبر نمی‌دهیم. همچنان در صف هستید.',
    missed: 'تماس شما را دیدیم؛ ببخشید که پاسخ ندادیم. با شما تماس می‌گیریم.',
  },
} as const;

/** Customers are written to in their own language. */
export function languageOf(locale: string): Language {
  return locale.startsWith('fa') ? 'fa' : 'en';
}

/** The first word to somebody who waits. A queue's own text may name {place} and {wait}. */
export function queuedWords(own: TwoTexts, language: Language, room: Room, facts: NoticeFacts): string {
  const text = own[language];
  const { queued, queuedShort } = words[language];
  const [place, wait] = [placeWords(facts, language), waitWords(facts, language)];
  return text === '' ? (room === 'short' ? queuedShort : queued)(place, wait) : filled(text, facts, language);
}

export function movedWords(language: Language, facts: NoticeFacts): string {
  return words[language].moved(placeWords(facts, language), waitWords(facts, language));
}

export function offerWords(language: Language, facts: NoticeFacts): string {
  return words[language].offer(waitWords(facts, language));
}

/** That a call which nobody answered was seen. A queue may have words of its own. */
export function missedWords(own: TwoTexts, language: Language): string {
  return own[language] || words[language].missed;
}

/** That nobody works now. A queue's own text may name {opens}. */
export function closedWords(own: TwoTexts, language: Language, facts: NoticeFacts, now: number): string {
  const when = openingWords(facts, language, now);
  const text = own[language];
  return text === ''
    ? words[language].closed(when === '' ? '' : words[language].opens(when))
    : filled(text, facts, language, when);
}

/** The organisation's own words that nobody works now, in this language; null where it has none. */
export function ownClosedWords(
  own: TwoTexts,
  language: Language,
  facts: NoticeFacts,
  now = Date.now(),
): { text: string; tellsOpening: boolean } | null {
  const text = own[language];
  return text === ''
    ? null
    : {
        text: filled(text, facts, language, openingWords(facts, language, now)),
        tellsOpening: text.includes('{opens}'),
      };
}

export function wayLabel(way: CallbackWay | 'no' | 'cancel', language: Language): string {
  return words[language].ways[way];
}

/**
 * That somebody will be called or written to. Among Persian words a number stands apart, for it runs from left to right; among English
 * ones it does so anyway, and the signs for it would make an SMS twice as dear.
 */
export function agreedWords(way: CallbackWay, address: string, language: Language): string {
  return words[language].agreed[way](language === 'fa' ? `\u2066${address}\u2069` : address);
}

export function cancelledWords(language: Language): string {
  return words[language].cancelled;
}

/** "today at 14:00", in the zone of the hours and the calendar of the language; '' where nobody knows. */
export function openingWords({ opensAt, timeZone }: NoticeFacts, language: Language, now: number): string {
  if (opensAt === null || opensAt === undefined) {
    return '';
  }
  const zone = timeZone ?? 'UTC';
  const time = new Intl.DateTimeFormat(dates[language], { timeZone: zone, hour: '2-digit', minute: '2-digit' });
  return words[language].at(dayWords(opensAt, zone, language, now), time.format(opensAt));
}

function dayWords(at: number, timeZone: string, language: Language, now: number): string {
  const day = new Intl.DateTimeFormat(dates[language], { timeZone, day: 'numeric', month: 'long', year: 'numeric' });
  const [name, today, tomorrow] = [at, now, now + dayMs].map((instant) => day.format(instant));
  if (name === today) {
    return words[language].today;
  }
  if (name === tomorrow) {
    return words[language].tomorrow;
  }
  // ICU puts the weekday last and a Latin comma before it in Persian, so the parts are joined here.
  const [weekday, short] = [
    new Intl.DateTimeFormat(dates[language], { timeZone, weekday: 'long' }),
    new Intl.DateTimeFormat(dates[language], { timeZone, day: 'numeric', month: 'long' }),
  ];
  return `${weekday.format(at)} ${short.format(at)}`;
}

function placeWords({ place = 1 }: NoticeFacts, language: Language): string {
  return new Intl.NumberFormat(digits[language]).format(place);
}

function waitWords({ wait }: NoticeFacts, language: Language): string {
  if (!wait) {
    return '';
  }
  const minutes = new Intl.NumberFormat(digits[language]).format(wait.minutes);
  return wait.isMore ? words[language].more(minutes) : words[language].about(minutes);
}

/** A text of the organisation's own. What it names and nobody knows falls out, with the blank before it. */
function filled(text: string, facts: NoticeFacts, language: Language, opens = ''): string {
  const values: Record<string, string> = {
    place: placeWords(facts, language),
    wait: waitWords(facts, language).trim(),
    opens,
  };
  return text
    .replace(/ ?\{(place|wait|opens)\}/gu, (hole, name: string) => {
      const value = values[name] ?? '';
      return value === '' ? '' : `${hole.startsWith(' ') ? ' ' : ''}${value}`;
    })
    .trim();
}
