import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { splitText } from './split-text.js';

const letters = fc.constantFrom('a', 'ک', 'ی', '\u200c', 'ُ', ' ', '\n', '👍🏽', '👨‍👩‍👧', '🇮🇷', '۱');

describe('splitting a text for Telegram', () => {
  it('leaves a text that fits whole', () => {
    expect(splitText('سلام', 4096)).toEqual(['سلام']);
    expect(splitText('', 10)).toEqual(['']);
  });

  it('loses nothing and keeps every part within the limit', () => {
    fc.assert(
      fc.property(fc.array(letters, { maxLength: 400 }), fc.integer({ min: 20, max: 90 }), (written, limit) => {
        const text = written.join('');
        const parts = splitText(text, limit);
        expect(parts.join('')).toBe(text);
        expect(parts.every((part) => part.length <= limit)).toBe(true);
      }),
    );
  });

  it('never cuts inside a grapheme', () => {
    fc.assert(
      fc.property(fc.array(letters, { minLength: 50, maxLength: 300 }), (written) => {
        const text = written.join('');
        const edges = new Set([...new Intl.Segmenter('und').segment(text)].map(({ index }) => index));
        let at = 0;
        const cuts = splitText(text, 40)
          .slice(0, -1)
          .map((part) => (at += part.length));
        // A run of marks longer than a part must be cut somewhere, so only texts with shorter graphemes are judged.
        const longest = Math.max(...[...new Intl.Segmenter('und').segment(text)].map(({ segment }) => segment.length));
        fc.pre(longest < 13);
        expect(cuts.filter((cut) => !edges.has(cut))).toEqual([]);
      }),
    );
  });

  it('prefers the end of a line, then a space', () => {
    expect(splitText('one two three\nfour five', 16)).toEqual(['one two three\n', 'four five']);
    expect(splitText('one two three four', 16)).toEqual(['one two three ', 'four']);
  });

  it('makes two parts of 5,000 Persian letters with emoji', () => {
    const parts = splitText('سلام 👨‍👩‍👧 '.repeat(400).slice(0, 5000), 4096);
    expect(parts).toHaveLength(2);
  });

  it('cuts a grapheme that is longer than a part between code points', () => {
    const zalgo = `a${'\u0301'.repeat(50)}`;
    expect(splitText(zalgo, 20).join('')).toBe(zalgo);
    const flags = splitText(`${'👨\u200d'.repeat(20)}👧`, 7);
    expect(flags.every((part) => part.isWellFormed())).toBe(true);
  });
});
