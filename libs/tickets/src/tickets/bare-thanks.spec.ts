import { describe, expect, it } from '@jest/globals';
import { isBareThanks } from './bare-thanks.js';

describe('a message that only thanks', () => {
  it.each([
    'thanks',
    'Thank you so much!',
    'THX',
    'ok, thanks again',
    'ممنون',
    'ممنونم از راهنمایی شما',
    'مرسی 🌹',
    'خیلی ممنون، درست شد',
    'سپاسگزارم از پیگیری‌تون',
    'متشكرم', // with an Arabic keyboard's kaf
    'دستتون درد نکنه',
    'مرسي',
    'thanks for all your help',
    'مرسی از کمکتون',
    'merci beaucoup',
    'شكراً جزيلاً',
    '👍',
    '👍🏽👍🏽',
    '🙏❤️',
    '🌹🌹🌹',
  ])('is %s', (text) => {
    expect(isBareThanks(text)).toBe(true);
  });

  it.each([
    '',
    'thanks, but it still flickers',
    'thanks?',
    'ممنون میشم پیگیری کنید',
    'ممنون ولی درست نشد',
    'مرسی، کی می‌رسه؟',
    'no thanks',
    'yes thanks',
    'بله',
    'ok',
    '?',
    '😊',
    'thanks 09121234567',
    'thank you for nothing',
    'Help again, thanks',
    'کمک، ممنون',
    'پیگیری ممنون',
    `thanks ${'very '.repeat(20)}much`,
    '👎',
  ])('is not "%s"', (text) => {
    expect(isBareThanks(text)).toBe(false);
  });
});
