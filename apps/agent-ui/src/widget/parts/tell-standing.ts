import type { VisitorStanding } from '#contract';
import type { Formats } from '../formats.js';
import type { Locale } from '../locale.js';
import type { View } from '../part-screen.js';
import { isolate, wordsOf, type Words } from '../words.js';
import { partWordsOf } from './part-words.js';

/** How things stand, in words, and where the link beside them leads. */
export interface ToldStanding {
  text: string;
  link: string | null;
  view: View | null;
}

/** Tells whoever is not answered at once why, and what they can do about it. */
export function tellStanding(standing: VisitorStanding, locale: Locale, formats: Formats): ToldStanding {
  const words = partWordsOf(locale);
  const { isOpen, ways, wish, callback } = standing;
  const text = isOpen ? tellWaiting(standing, locale, formats) : tellClosed(standing, locale, formats);
  if (!isOpen && ways.length > 0) {
    return { text, link: wish ? words.change : words.awayWish, view: 'away' };
  }
  return isOpen && callback
    ? { text, link: callback.asked ? words.change : words.callback, view: 'callback' }
    : { text, link: null, view: null };
}

function tellClosed({ opensAt, awayWords, wish }: VisitorStanding, locale: Locale, formats: Formats): string {
  const words = wordsOf(locale);
  const wished = wish ? partWordsOf(locale)[`wish_${wish.way}`](isolate(wish.address)) : '';
  const opens = opensAt ? words.opens(`${formats.day(opensAt)} ${formats.time(opensAt)}`) : '';
  return [awayWords || words.closed, opens, wished].filter(Boolean).join(' ');
}

function tellWaiting({ queue, callback }: VisitorStanding, locale: Locale, formats: Formats): string {
  const place = queue ? tellPlace(queue, wordsOf(locale), formats) : '';
  const asked = callback?.asked ? partWordsOf(locale).asked(isolate(callback.asked.phone)) : '';
  return `${place} ${asked}`.trim();
}

function tellPlace(
  { place, minutes, isMore }: NonNullable<VisitorStanding['queue']>,
  words: Words,
  formats: Formats,
): string {
  const wait = minutes === null ? '' : words[isMore ? 'queueMore' : 'queueTime'](formats.number(minutes));
  return `${words.queue(formats.number(place))} ${wait}`.trim();
}
