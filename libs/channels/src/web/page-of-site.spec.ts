import { describe, expect, it } from '@jest/globals';
import { cleanPage } from './page-of-site.js';

const page = (url: string, more: { title?: string; referrer?: string } = {}) =>
  cleanPage({ url, title: '', referrer: '', ...more });

describe('the page that a visitor wrote on', () => {
  it('is its address, its title and where they came from', () => {
    expect(
      page('https://shop.test/bag?size=2', { title: '  A bag\n for  you ', referrer: 'https://search.test/?q=bag' }),
    ).toEqual({ url: 'https://shop.test/bag?size=2', title: 'A bag for you', referrer: 'https://search.test/?q=bag' });
  });

  it.each([
    ['https://shop.test/reset?token=abc&lang=fa', 'https://shop.test/reset?lang=fa'],
    ['https://shop.test/?api_key=1&Password=2&sid=3&email=a%40b.c&x=1', 'https://shop.test/?x=1'],
    ['https://shop.test/back?code=1&state=2#access_token=3', 'https://shop.test/back'],
    ['https://me:mine@shop.test/a', 'https://shop.test/a'],
    [`https://shop.test/long?q=${'x'.repeat(600)}`, 'https://shop.test/long'],
  ])('holds nothing that opens anything: %s', (told, kept) => {
    expect(page(told)?.url).toBe(kept);
    expect(page('https://a.test/', { referrer: told })?.referrer).toBe(kept);
  });

  it.each(['', 'about:blank', 'file:///home/me/a.html', 'javascript:alert(1)', 'not an address'])(
    'is none where it is no page of the web: %j',
    (told) => {
      expect(page(told)).toBeNull();
    },
  );

  it('is never longer than agents want to read', () => {
    const long = page(`https://shop.test/${'a'.repeat(900)}`, { title: 'ب'.repeat(900) });
    expect([long?.url.length, long?.title.length]).toEqual([500, 200]);
  });
});
