import { describe, expect, it } from '@jest/globals';
import { splitHidden } from './split-hidden.js';

const body = 'Yes, please.\n\nOn Monday Sara wrote:\n> Shall I?\n\nThanks!\n-- \nMina';
const rangeOf = (part: string): [number, number] => [body.indexOf(part), body.indexOf(part) + part.length];

describe('the text of a mail', () => {
  it('falls into what it says and what it repeats, in their order', () => {
    expect(splitHidden(body, [rangeOf('On Monday Sara wrote:\n> Shall I?'), rangeOf('-- \nMina')])).toEqual([
      { text: 'Yes, please.', hidden: false },
      { text: 'On Monday Sara wrote:\n> Shall I?', hidden: true },
      { text: 'Thanks!', hidden: false },
      { text: '-- \nMina', hidden: true },
    ]);
  });

  it('stays whole where nothing of it is hidden', () => {
    expect(splitHidden('سلام', [])).toEqual([{ text: 'سلام', hidden: false }]);
  });

  it('is shown whole where everything of it would be hidden: nobody shall open an empty mail', () => {
    expect(splitHidden('> Shall I?\n', [[0, 11]])).toEqual([{ text: '> Shall I?\n', hidden: false }]);
  });

  it('loses and doubles nothing when ranges overlap or run over its end', () => {
    const parts = splitHidden('abcdef', [
      [1, 4],
      [2, 5],
      [5, 90],
    ]);
    expect(parts.map(({ text }) => text).join('')).toBe('abcdef');
    expect(parts[0]).toEqual({ text: 'a', hidden: false });
  });
});
