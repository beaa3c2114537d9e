import { describe, expect, it } from '@jest/globals';
import {
  agreedWords,
  cancelledWords,
  closedWords,
  languageOf,
  movedWords,
  offerWords,
  openingWords,
  queuedWords,
  wayLabel,
} from './notice-words.js';

const none = { en: '', fa: '' };
const about = { minutes: 5, isMore: false } as const;
/** Sunday 22 November 2026, 17:00 in Tehran: 1 Azar 1405. */
const now = Date.parse('2026-11-22T13:30:00Z');
const tehran = (opensAt: string) => ({ opensAt: Date.parse(opensAt), timeZone: 'Asia/Tehran' });

describe('what waiting customers are told', () => {
  it('is in their language, with its digits', () => {
    expect(queuedWords(none, 'en', 'short', { place: 12, wait: about })).toBe(
      'We have your message. You are number 12 in line. The wait is about 5 min.',
    );
    expect(queuedWords(none, 'fa', 'short', { place: 12, wait: about })).toBe(
      'پیام شما رسید. نفر ۱۲ در صف هستید. زمان انتظار حدود ۵ دقیقه است.',
    );
    expect(movedWords('fa', { place: 2, wait: { minutes: 15, isMore: true } })).toBe(
      'اکنون نفر ۲ در صف هستید. زمان انتظار بیش از ۱۵ دقیقه است.',
    );
    expect([languageOf('fa'), languageOf('fa-IR'), languageOf('en'), languageOf('de')]).toEqual([
      'fa',
      'fa',
      'en',
      'en',
    ]);
  });

  it('says nothing of a wait that nobody knows', () => {
    expect(queuedWords(none, 'en', 'short', { place: 1, wait: null })).toBe(
      'We have your message. You are number 1 in line.',
    );
  });

  it('is the queue’s own text where it has one in that language, without what nobody knows', () => {
    const own = { en: 'Place {place}! {wait} Thanks', fa: '' };
    expect(queuedWords(own, 'en', 'long', { place: 3, wait: about })).toBe('Place 3! The wait is about 5 min. Thanks');
    expect(queuedWords(own, 'en', 'long', { place: 3, wait: null })).toBe('Place 3! Thanks');
    expect(queuedWords(own, 'fa', 'long', { place: 3 })).toContain('نفر ۳');
    expect(closedWords({ en: '', fa: 'تا {opens} بسته‌ایم' }, 'fa', tehran('2026-11-23T05:30:00Z'), now)).toBe(
      'تا فردا ساعت ۰۹:۰۰ بسته‌ایم',
    );
  });
});

describe('when somebody is there again', () => {
  it('is told in the zone of the hours, by the calendar of the language', () => {
    expect(openingWords(tehran('2026-11-22T14:30:00Z'), 'en', now)).toBe('today at 18:00');
    expect(openingWords(tehran('2026-11-23T05:30:00Z'), 'en', now)).toBe('tomorrow at 09:00');
    expect(openingWords(tehran('2026-11-28T05:30:00Z'), 'en', now)).toBe('Saturday 28 November at 09:00');
    expect(openingWords(tehran('2026-11-28T05:30:00Z'), 'fa', now)).toBe('شنبه ۷ آذر ساعت ۰۹:۰۰');
  });

  it('counts days as the place of the hours does', () => {
    const night = Date.parse('2026-11-22T21:00:00Z');
    expect(openingWords(tehran('2026-11-23T05:30:00Z'), 'en', night)).toBe('today at 09:00');
  });

  it('is left out where nobody knows', () => {
    expect(closedWords(none, 'en', { opensAt: null }, now)).toBe(
      'We have your message. We are closed just now. You keep your place in line.',
    );
  });
});

describe('a number to be called', () => {
  it('stands apart from Persian words', () => {
    expect(agreedWords('call', '+989121234567', 'fa')).toContain('\u2066+989121234567\u2069');
  });
});

describe('an SMS in English', () => {
  it('holds only what the alphabet of phones has, for it would cost twice as much otherwise', () => {
    const wait = { minutes: 15, isMore: true } as const;
    const texts = [
      queuedWords(none, 'en', 'short', { place: 3, wait }),
      movedWords('en', { place: 1, wait }),
      offerWords('en', { wait }),
      closedWords(none, 'en', tehran('2026-11-23T05:30:00Z'), now),
      cancelledWords('en'),
      ...(['call', 'sms', 'same'] as const).map((way) => agreedWords(way, '+447700900123', 'en')),
      ...(['call', 'sms', 'same', 'no', 'cancel'] as const).map((way) => wayLabel(way, 'en')),
    ];
    expect(texts.filter((text) => /[^\x20-\x7e]/u.test(text))).toEqual([]);
  });
});
