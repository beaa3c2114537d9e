import { setTimeout as sleep } from 'node:timers/promises';
import { openWebVoice } from './web-voice.js';

/** What people say to the assistant, each line once it has answered the one before. */
const talks: { locale: 'en' | 'fa'; lines: string[] }[] = [
  { locale: 'fa', lines: ['سلام', 'پیگیری سفارش', '۱۲۳۴۵۶', 'نه، ممنون', 'نه، تمام شد'] },
  { locale: 'en', lines: ['Hi', 'Opening hours', 'No, that is all'] },
  { locale: 'fa', lines: ['سلام وقت بخیر', 'لیست قیمت‌ها را می‌خواهم', 'ساعت کاری', 'نه، تمام شد'] },
  { locale: 'en', lines: ['Hello', 'Track an order', '4711', 'Talk to a person'] },
  { locale: 'fa', lines: ['سلام', 'قیمت‌ها را از کجا ببینم؟', 'ساعت کاری', 'نه، تمام شد'] },
  {
    locale: 'fa',
    lines: ['سلام', 'ثبت شکایت', 'ارسال و تحویل', 'پیک بسته را دم در رها کرده بود', 'خیر', 'نه، تمام شد'],
  },
  { locale: 'en', lines: ['Hi there', 'Do you sell gift cards?', 'Track an order', '9871', 'No, thank you'] },
];

/** How long a person reads, how long until the next one comes, and how many talk before anybody looks; milliseconds of their own time. */
const readsMs = 4_000;
const comesMs = 120_000;
const firstWave = talks.length;
/** When somebody who hears nothing leaves. */
const patienceMs = 30_000;

/** Visitors who talk with the assistant: all of them once at first, and then one now and then. Ends with the signal. */
export async function talkWithAssistant(
  { url, channelId, speed }: { url: string; channelId: string; speed: number },
  signal: AbortSignal,
): Promise<void> {
  for (let turn = 0; !signal.aborted; turn++) {
    const talk = talks[turn % talks.length];
    const isThere = talk === undefined || (await talkOnce({ url, channelId, speed }, talk, signal));
    if (!isThere) {
      return;
    }
    await sleep((turn < firstWave ? readsMs : comesMs) / speed, undefined, { signal }).catch(() => undefined);
  }
}

/** @returns whether the chat is still there. */
async function talkOnce(
  { url, channelId, speed }: { url: string; channelId: string; speed: number },
  { locale, lines }: { locale: 'en' | 'fa'; lines: string[] },
  signal: AbortSignal,
): Promise<boolean> {
  const voice = openWebVoice({ url, channel: channelId, locale });
  try {
    for (const line of lines) {
      const heard = voice.heard();
      await voice.say(line, undefined);
      const givesUpAt = performance.now() + patienceMs / Math.min(speed, 3);
      while (voice.heard() === heard && performance.now() < givesUpAt && !signal.aborted) {
        await sleep(50);
      }
      await sleep(readsMs / speed, undefined, { signal });
    }
    return true;
  } catch {
    // The demonstration was taken away, or the hub goes down: nobody is to be talked with any more.
    return false;
  } finally {
    voice.close();
  }
}
