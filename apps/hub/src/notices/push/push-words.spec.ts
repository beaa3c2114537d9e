import { describe, expect, it } from '@jest/globals';
import type { NoticeView } from '#contract';
import { sayNotice } from './push-words.js';

const plain = (text: string): string => text.replaceAll(/[\u2068\u2069]/gu, '');

function notice(wish: Partial<NoticeView> = {}): NoticeView {
  return {
    id: 'n',
    kind: 'reply',
    at: '2026-11-22T10:00:00.000Z',
    isRead: false,
    about: {
      conversation: 'c',
      customer: { id: 'k', name: 'مینا رحیمی' },
      ticket: { id: 't', number: 1042, prefix: '' },
      message: { id: 'm', at: '2026-11-22T10:00:00.000Z' },
      channelKind: 'sms',
      by: { id: 'a', name: 'Reza' },
      text: 'Where is my order?',
    },
    promise: null,
    failure: null,
    alert: null,
    ...wish,
  };
}

const said = (wish: Partial<NoticeView>, locale: 'en' | 'fa', withText = false) => {
  const words = sayNotice(notice(wish), locale, withText);
  return words && [plain(words.title), plain(words.body)];
};

describe('what a browser is woken with', () => {
  it('names who and the channel, and what was written only where that is wanted', () => {
    expect(said({}, 'en')).toEqual(['مینا رحیمی wrote', 'SMS · Ticket 1042']);
    expect(said({}, 'en', true)).toEqual(['مینا رحیمی wrote', 'Where is my order?']);
  });

  it('speaks the agent’s language, with its digits', () => {
    expect(said({}, 'fa')).toEqual(['مینا رحیمی نوشت', 'پیامک · تیکت ۱۰۴۲']);
    expect(said({ kind: 'mention' }, 'fa')?.[0]).toBe('Reza از شما نام برد');
  });

  it('keeps a name from turning the sentence around it', () => {
    expect(sayNotice(notice(), 'en', false)?.title).toBe('\u2068مینا رحیمی\u2069 wrote');
  });

  it('tells how a promise and a message stand', () => {
    expect(said({ kind: 'promise', promise: { metric: 'first_response', kind: 'warning' } }, 'en')?.[0]).toBe(
      'A promise to مینا رحیمی comes due',
    );
    expect(said({ kind: 'promise', promise: { metric: 'first_response', kind: 'breach' } }, 'en')?.[0]).toBe(
      'A promise to مینا رحیمی is overdue',
    );
    expect(said({ kind: 'failed', failure: 'unconfirmed' }, 'en')?.[0]).toMatch(/may not have arrived/);
  });

  it('is nothing about somebody whom the agent may not read any more', () => {
    expect(said({ about: null }, 'en', true)).toBeNull();
  });
});
