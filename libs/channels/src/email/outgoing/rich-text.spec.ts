import { describe, expect, it } from '@jest/globals';
import { writeRichText } from './rich-text.js';

const picture = '0190c0de-1234-7abc-8def-0123456789ab';

describe('what an agent typed, as a mail says it', () => {
  it('is itself in the text, when there is nothing in it but text', () => {
    const typed = 'می‌خواهم <b>\n\n2 * 3 ** 4 [x] (y) 1) no\nsecond & last';
    expect(writeRichText(typed).text).toBe(typed);
  });

  it('gives each block the direction of its own first letter', () => {
    const { html } = writeRichText('۱۲ سلام\n\n12 hello\n\n- یک\n- two');
    expect([...html.matchAll(/<(p|ul|span) dir="(rtl|ltr)"/gu)].map(([, tag, dir]) => `${tag} ${dir}`)).toEqual([
      'p rtl',
      'p ltr',
      'ul rtl',
      'span rtl',
      'span ltr',
    ]);
  });

  it('has bold words, lists and links in both forms', () => {
    const { html, text } = writeRichText(
      '**Now**: [our page](https://shop.example/a?b=1&c=2)\n1. one\n2. two\nhttps://x.example/y.',
    );
    expect(html).toContain('<strong>Now</strong>: <a href="https://shop.example/a?b=1&amp;c=2" dir="auto"');
    expect(html).toMatch(/<ol [^>]*>\n<li><span [^>]*>one<\/span><\/li>\n<li><span [^>]*>two<\/span><\/li>\n<\/ol>/u);
    expect(html).toMatch(/<a href="https:\/\/x\.example\/y" dir="ltr"[^>]*>https:\/\/x\.example\/y<\/a>\.<\/p>/u);
    expect(text).toBe('Now: our page (https://shop.example/a?b=1&c=2)\n1. one\n2. two\nhttps://x.example/y.');
  });

  it('shows a picture that goes along, and only the name of one that does not', () => {
    const typed = `![plan](attachment:${picture})`;
    expect(writeRichText(typed, new Map([[picture, `${picture}@peyk`]])).html).toContain(
      `<img src="cid:${picture}@peyk" alt="plan"`,
    );
    expect(writeRichText(typed).html).not.toContain('<img');
    expect(writeRichText(typed).text).toBe('[plan]');
  });

  it.each([
    '<script>alert(1)</script>',
    '[x](javascript:alert(1))',
    '[x](https://a.example/"onmouseover="alert(1))',
    '**<img src=x onerror=alert(1)>**',
    `![" onerror="alert(1)](attachment:${picture})`,
    'https://a.example/"><script>',
    "[x](https://a.example/'onclick='1')",
  ])('makes no markup of %s', (typed) => {
    const { html } = writeRichText(typed, new Map([[picture, 'p@peyk']]));
    const tags = [...html.matchAll(/<([a-z]+)((?:\s+[a-z-]+="[^"<>]*")*)>/gu)];
    expect(html.replace(/<\/?[a-z]+(?:\s+[a-z-]+="[^"<>]*")*>/gu, '')).not.toMatch(/[<>]/u);
    expect(tags.map(([, tag]) => tag).filter((tag) => !['p', 'a', 'strong', 'img'].includes(tag ?? ''))).toEqual([]);
    expect(
      tags.flatMap(([, , attributes]) =>
        [...(attributes ?? '').matchAll(/\s([a-z-]+)="[^"]*"/gu)].map(([, name]) => name),
      ),
    ).not.toEqual(expect.arrayContaining([expect.stringMatching(/^on/u)]));
    expect(html).not.toMatch(/href="(?!https?:|mailto:)/u);
  });

  it.each([
    ['brackets', '['.repeat(50_000)],
    ['stars', '**a'.repeat(16_000)],
    ['blank lines', '\n'.repeat(50_000)],
    ['addresses', 'https://'.repeat(6_000)],
    ['closing marks', `https://a${')'.repeat(50_000)}`],
  ])('takes no longer for fifty thousand %s', (_, typed) => {
    const before = process.cpuUsage();
    writeRichText(typed);
    expect(process.cpuUsage(before).user).toBeLessThan(1_000_000);
  });
});
