import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readHtml } from '../../../../tools/stand-ins/bot-api-text.js';
import { formatText, plainText } from './format-text.js';

const piece = fc.oneof(
  fc.constantFrom('سلام ', 'می‌خواهم ', '👨‍👩‍👧', '👍🏽 ', '🇮🇷', 'a < b & c > d "e" ', '\n', 'ُ', '**', '[', '](', '۱۲۳ '),
  fc.constantFrom(
    '**خیلی مهم**',
    '**bold words**',
    '[راهنما](https://x.example/?a=1&b="2")',
    '[x](https://x.example/a)',
  ),
);

describe('a text with marks', () => {
  it('is read as bold words and links', () => {
    const [part] = formatText(
      '**now**: [help & <more>](https://x.example/?a=1&b=2) **[both](https://y.example)**',
      4096,
    );
    expect(part).toEqual({
      text: 'now: help & <more> both',
      html: '<b>now</b>: <a href="https://x.example/?a=1&amp;b=2">help &amp; &lt;more&gt;</a> <b><a href="https://y.example">both</a></b>',
    });
  });

  it.each([
    '2 * 3 * 4',
    '**',
    '** not bold **',
    'a_b_c',
    '<b>x</b> & y',
    '[x](javascript:alert(1))',
    'https://x.example',
  ])('leaves %s as it is', (text) => {
    expect(formatText(text, 4096)).toEqual([{ text, html: null }]);
  });

  it('shows a picture of a mail by its words', () => {
    const file = '01900000-0000-7000-8000-000000000001';
    expect(plainText(`see ![the bill](attachment:${file})`)).toBe('see the bill');
  });

  it('keeps every mark whole: what Telegram reads of the parts is the text, within the limit', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 120 }), fc.integer({ min: 40, max: 200 }), (pieces, limit) => {
        const source = pieces.join('');
        const parts = formatText(source, limit);
        expect(parts.map(({ text }) => text).join('')).toBe(plainText(source));
        for (const { text, html } of parts) {
          expect(text.length).toBeLessThanOrEqual(limit);
          expect(text.isWellFormed()).toBe(true);
          expect(html === null ? text : readHtml(html)?.text).toBe(text);
        }
      }),
    );
  });

  it('moves a marked piece to the next part rather than cut it', () => {
    const parts = formatText(`${'x '.repeat(45)}**${'bold '.repeat(5).trim()}** end`, 100);
    expect(parts.map(({ html }) => html)).toEqual(['x '.repeat(45), `<b>${'bold '.repeat(5).trim()}</b> end`]);
  });

  it('closes and opens again what is longer than a part', () => {
    const [first, second] = formatText(`**${'ب'.repeat(150)}**`, 100);
    expect(first?.html).toBe(`<b>${'ب'.repeat(100)}</b>`);
    expect(second?.html).toBe(`<b>${'ب'.repeat(50)}</b>`);
  });

  it('makes two parts of 5,000 Persian letters with emoji and marks, none of them broken', () => {
    const source = '**مهم:** سلام 👨‍👩‍👧 [راهنما](https://x.example/a) '.repeat(200);
    const parts = formatText(source.slice(0, source.lastIndexOf(' ', 9000)), 4096);
    expect(parts.length).toBeGreaterThan(1);
    expect(parts.every(({ html }) => html !== null && readHtml(html) !== null)).toBe(true);
  });
});
