import { describe, expect, it } from '@jest/globals';
import { foldText, hasPhrase, isPhrase, startsWithPhrase } from './match-words.js';

/** Words that customers complain, ask and order with: with half-spaces, affixes, hamza, digits and Latin letters in them. */
const phrases = [
  'پی‌گیری سفارش',
  'می‌خواهم لغو کنم',
  'بازگشت وجه',
  'کالای معیوب',
  'هنوز نرسیده است',
  'کتاب‌های درسی',
  'شماره ۱۲۳۴',
  'کد تخفیف ۲۰',
  'آدرس جدید',
  'تغییر آدرس',
  'ارسال رایگان',
  'مسئول پشتیبانی',
  'شکایت دارم',
  'نمی‌توانم وارد شوم',
  'رمز عبور',
  'فراموش کرده‌ام',
  'حساب کاربری',
  'پرداخت ناموفق',
  'کارت بانکی',
  'صورت‌حساب',
  'فاکتور خرید',
  'گارانتی ۱۸ ماهه',
  'قطعات یدکی',
  'بزرگ‌ترین سایز',
  'ارزان‌تر',
  'خانه‌های ویلایی',
  'لطفاً تماس بگیرید',
  'اینترنت قطع است',
  'سرعت پایین',
  'مؤسسه خیریه',
  'هزینه‌های اضافی',
  'تأخیر در تحویل',
  'پیک موتوری',
  'بسته پستی',
  'کد ملی',
  'شناسه پرداخت ۹۸۷۶۵',
  'درگاه بانک ملی',
  'رفته‌اند',
  'گم شده است',
  'نیم‌فاصله',
  'دانش‌آموزان',
  'بیمه‌نامه',
  'می‌گویند',
  'جوابگو نیستید',
  'ویزای تحصیلی',
  'بلیت هواپیما',
  'رزرو هتل',
  'کنسل کردن بلیت',
  'مبلغ ۵۰۰۰۰ تومان',
  'نسخه pdf',
];

const persianDigits = '۰۱۲۳۴۵۶۷۸۹';
const harakat = ['\u064e', '\u064f', '\u0650', '\u0651', '\u0652'];
const light = /(^| )(می|نمی) (?=\S)|(\S) (ها|های|تر|ترین|ام|اند)(?= |$)/gu;

/** What writers do to a text, each by a rule: letters of other keyboards, joiners, vowel marks, digits, and parted or joined affixes. */
const writers: Record<string, (text: string) => string> = {
  'Arabic letters': (text) => text.replaceAll('ی', 'ي').replaceAll('ک', 'ك'),
  'other hamzas': (text) => text.replaceAll('أ', 'ا').replaceAll('ؤ', 'و').replaceAll('ئ', 'ی').replaceAll('آ', 'ا'),
  'spaces for joiners': (text) => text.replaceAll('\u200c', ' '),
  'no joiners': (text) => text.replaceAll('\u200c', ''),
  'other joiners': (text) => text.replaceAll('\u200c', '\u200d\u00ad'),
  'vowel marks': (text) =>
    Array.from(text)
      .map((letter, at) => (/[\u0621-\u06cc]/u.test(letter) ? letter + (harakat[at % 5] ?? '') : letter))
      .join(''),
  'Latin digits': (text) => text.replace(/[۰-۹]/gu, (digit) => String(persianDigits.indexOf(digit))),
  'Arabic digits': (text) =>
    text.replace(/[۰-۹]/gu, (digit) => String.fromCodePoint(0x660 + persianDigits.indexOf(digit))),
  'joined affixes': (text) =>
    text
      .replaceAll('\u200c', ' ')
      .replace(light, (_all, edge = '', prefix, stem, suffix) => (prefix ? `${edge}${prefix}` : `${stem}${suffix}`)),
  'stretched letters and full stops': (text) =>
    `«${Array.from(text)
      .map((letter) => (letter === 'س' ? 'سـ' : letter))
      .join('')}»!`,
};

describe('a keyword', () => {
  it('is found in nearly every spelling of it', () => {
    const variants = phrases.flatMap((phrase) =>
      Object.entries(writers).map(([how, write]) => ({ phrase, how, text: `سلام، ${write(phrase)} ممنون` })),
    );
    expect(variants).toHaveLength(500);
    const missed = variants.filter(({ phrase, text }) => !hasPhrase(foldText(text), phrase));
    const share = (100 * (variants.length - missed.length)) / variants.length;
    process.stdout.write(
      `keywords: ${variants.length - missed.length} of ${variants.length} spellings are found (${share.toFixed(1)} %)${missed.map(({ phrase, how }) => `\n  missed: ${phrase}, ${how}`).join('')}\n`,
    );
    expect(share).toBeGreaterThanOrEqual(99);
  });

  it('is not found inside other words', () => {
    expect(hasPhrase(foldText('این کارت است'), 'کار')).toBe(false);
    expect(hasPhrase(foldText('the reorder form'), 'order')).toBe(false);
    expect(hasPhrase(foldText('or derive'), 'order')).toBe(false);
  });

  it('of several words stands together, in its order', () => {
    expect(hasPhrase(foldText('please cancel my order'), 'cancel order')).toBe(false);
    expect(hasPhrase(foldText('please cancel-order now'), 'Cancel Order')).toBe(true);
  });

  it('that has no letters and digits is found nowhere', () => {
    expect(hasPhrase(foldText('hello !!!'), '!!!')).toBe(false);
    expect(startsWithPhrase(foldText('hello'), '?')).toBe(false);
  });

  it('begins a text, or is all of it, as whole words', () => {
    expect(startsWithPhrase(foldText('سلام علیکم'), 'سلام')).toBe(true);
    expect(startsWithPhrase(foldText('سلامت باشید'), 'سلام')).toBe(false);
    expect(isPhrase(foldText('  STOP. '), 'stop')).toBe(true);
    expect(isPhrase(foldText('stop it'), 'stop')).toBe(false);
  });
});
