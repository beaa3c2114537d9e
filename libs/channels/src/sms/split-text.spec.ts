import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { splitText } from './split-text.js';

const atMost = (limit: number) => (text: string) => text.length <= limit;
const withoutLabel = (part: string) => part.replace(/^\(\d+\/\d+\) /u, '');
const withoutSpace = (text: string) => text.replace(/\s+/gu, '');

describe('dividing a long text', () => {
  it('leaves a text alone that fits', () => {
    expect(splitText('a'.repeat(40), atMost(40))).toEqual(['a'.repeat(40)]);
  });

  it('ends a part with a sentence where one ends near, else with a word, and numbers the parts', () => {
    const text = 'The first sentence is here. Then the second one follows it closely and goes on';
    expect(splitText(text, atMost(40))).toEqual([
      '(1/3) The first sentence is here.',
      '(2/3) Then the second one follows it',
      '(3/3) closely and goes on',
    ]);
  });

  it('divides Persian at its own signs', () => {
    const text = 'سفارش شما آماده است؛ لطفاً فردا بیایید. نشانی ما همان است؟ بله';
    const parts = splitText(text, atMost(45));
    expect(parts[0]).toBe('(1/2) سفارش شما آماده است؛ لطفاً فردا بیایید.');
    expect(parts).toHaveLength(2);
  });

  it('never tears a letter, and loses none', () => {
    const letter = fc.constantFrom('a', ' ', '. ', 'ی', '👨‍👩‍👧', '👍🏽', '🇮🇷', 'ç', '\n');
    fc.assert(
      fc.property(fc.array(letter, { maxLength: 300 }), fc.integer({ min: 40, max: 90 }), (letters, limit) => {
        const text = letters.join('');
        const parts = splitText(text, atMost(limit));
        expect(parts.every(atMost(limit))).toBe(true);
        expect(withoutSpace(parts.length === 1 ? text : parts.map(withoutLabel).join(''))).toBe(withoutSpace(text));
        expect(parts.every((part) => part.isWellFormed())).toBe(true);
      }),
    );
  });
});
