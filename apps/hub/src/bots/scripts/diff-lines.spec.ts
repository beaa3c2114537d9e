import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { diffLines } from './diff-lines.js';

describe('the difference between two texts', () => {
  it('keeps what they have in common', () => {
    expect(diffLines('a\nb\nc', 'a\nx\nc\nd').map(({ change, text }) => `${change} ${text}`)).toEqual([
      'same a',
      'removed b',
      'added x',
      'same c',
      'added d',
    ]);
  });

  it('holds both texts whole and in order, with the numbers of their lines', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 }).map((lines) => lines.join('\n'));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const lines = diffLines(before, after);
        const side = (without: string, place: 'before' | 'after') =>
          lines.filter(({ change }) => change !== without).map((line) => [line[place], line.text]);
        const numbered = (whole: string) => whole.split('\n').map((line, index) => [index + 1, line]);
        expect(side('added', 'before')).toEqual(numbered(before));
        expect(side('removed', 'after')).toEqual(numbered(after));
      }),
    );
  });

  it('shows texts that are too long to be compared as replaced', () => {
    const long = (word: string) => Array.from({ length: 3_000 }, (_, index) => `${word} ${index}`).join('\n');
    const lines = diffLines(`head\n${long('old')}`, `head\n${long('new')}`);
    expect(lines[0]).toMatchObject({ change: 'same', text: 'head' });
    expect(lines.filter(({ change }) => change === 'removed')).toHaveLength(3_000);
  });
});
