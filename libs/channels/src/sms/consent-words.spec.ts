import { describe, expect, it } from '@jest/globals';
import { readConsent } from './consent-words.js';

const none = { stop: [], start: [] };

describe('a word of consent', () => {
  it.each([
    'STOP',
    'stop',
    ' Stop. ',
    'STOP ALL',
    'unsubscribe',
    'Opt-out',
    'CANCEL',
    'END',
    'quit',
    'لغو',
    'لغو۱۱',
    'لغو 11',
    'لغو ١١',
    '۱۱',
    '11',
    'توقف',
    'لغو عضویت',
    'لغوِ عضويت',
    'STOP 🛑',
  ])('stops: %s', (text) => {
    expect(readConsent(text, none)).toBe('stop');
  });

  it.each(['START', 'unstop', 'Yes', 'شروع', 'فعال‌سازی', 'فعالسازی', 'بله'])('starts: %s', (text) => {
    expect(readConsent(text, none)).toBe('start');
  });

  it.each([
    '',
    '   ',
    'please stop calling me',
    'سفارشم را لغو کنید',
    'stop it',
    '111',
    '1',
    'start my order',
    'x'.repeat(500),
  ])('is not in “%s”', (text) => {
    expect(readConsent(text, none)).toBeNull();
  });

  it('may be an organisation’s own', () => {
    const own = { stop: ['نمی‌خواهم'], start: ['می‌خواهم'] };
    expect(readConsent('نميخواهم', own)).toBe('stop');
    expect(readConsent('می خواهم', own)).toBe('start');
    expect(readConsent('می خواهم', none)).toBeNull();
  });
});
