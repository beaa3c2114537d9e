import { describe, expect, it } from '@jest/globals';
import { redactMiss } from './redact-miss.js';

describe('what is kept of words that were not understood', () => {
  it.each([
    ['my number is 0912 345 6789', 'my number is …'],
    ['شمارهٔ من ۰۹۱۲۳۴۵۶۷۸۹ است', 'شمارهٔ من … است'],
    ['کارت 6037-9911-1111-1111', 'کارت …'],
    ['write to ali@example.com please', 'write to … please'],
    ['see https://example.com/x?y=1 and www.shop.ir', 'see … and …'],
    ['I am @ali_r on Telegram', 'I am … on Telegram'],
    ['two\nlines\t here', 'two lines here'],
    ['I want 2 of the 500 g packs', 'I want 2 of the 500 g packs'],
    ['قیمت چنده؟', 'قیمت چنده؟'],
    ['کارت ۶۰۳۷ - ۹۹۱۱ - ۱۲۳', 'کارت …'],
    ['call 0912\u200e-\u200e34 or 12, 34, 56', 'call … or …'],
    ['شماره ０９１２３４５', 'شماره …'],
    ['find me: t.me/ali_r (@ali_r)', 'find me: … (…)'],
  ])('of %j is %j', (text, kept) => {
    expect(redactMiss(text)).toBe(kept);
  });

  it('is no more than a few sentences', () => {
    expect(redactMiss('word '.repeat(500)).length).toBe(300);
  });

  it('is found as fast in a text without any end', () => {
    const startedAt = performance.now();
    for (const endless of ['a', '1', '@', '1 ', 'a.', 'a/']) {
      redactMiss(endless.repeat(100_000));
    }
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });
});
