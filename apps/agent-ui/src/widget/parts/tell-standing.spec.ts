import { describe, expect, it } from '@jest/globals';
import type { VisitorStanding } from '#contract';
import { createFormats } from '../formats.js';
import { tellStanding } from './tell-standing.js';

const waiting = {
  isOpen: true,
  opensAt: null,
  awayWords: '',
  ways: [],
  wish: null,
  queue: { place: 12, minutes: 5, isMore: false },
  callback: null,
} as unknown as VisitorStanding;

const tell = (standing: Partial<VisitorStanding>, locale: 'en' | 'fa' = 'en') =>
  tellStanding({ ...waiting, ...standing }, locale, createFormats(locale));

describe('what is said above the box', () => {
  it('is the place in line and how long it takes, in the digits of the language', () => {
    expect(tell({})).toEqual({ text: 'You are number 12 in line. About 5 min.', link: null, view: null });
    expect(tell({}, 'fa').text).toBe('شما نفر ۱۲ در صف هستید. حدود ۵ دقیقه.');
    expect(tell({ queue: { place: 1, minutes: 15, isMore: true } }, 'fa').text).toBe(
      'شما نفر ۱ در صف هستید. بیش از ۱۵ دقیقه.',
    );
    expect(tell({ queue: { place: 3, minutes: null, isMore: false } }).text).toBe('You are number 3 in line.');
  });

  it('offers to be called back, and tells who will be', () => {
    expect(tell({ callback: { ways: ['call'], asked: null } })).toMatchObject({
      link: 'Get back to me instead',
      view: 'callback',
    });
    const asked = { way: 'sms', phone: '+989121234567' } as const;
    expect(tell({ callback: { ways: ['call', 'sms'], asked } })).toMatchObject({
      text: 'You are number 12 in line. About 5 min. When it is your turn, we reach you at \u2068+989121234567\u2069.',
      link: 'Change',
    });
  });

  it('is when somebody is there again, once nobody is', () => {
    const closed = { isOpen: false, queue: null, opensAt: new Date(Date.now() + 86_400_000).toISOString() };
    expect(tell({ ...closed, ways: ['email'] })).toMatchObject({
      text: expect.stringMatching(/^Nobody is here just now\..* We are back: Tomorrow \d\d:\d\d\.$/),
      link: 'Choose how we answer',
      view: 'away',
    });
  });
});
