import { describe, expect, it } from '@jest/globals';
import { slashAt, unfilledAt } from './slash-word.js';

describe('a slash in what is being written', () => {
  it.each([
    ['/', { from: 0, to: 1, query: '' }],
    ['/ref', { from: 0, to: 4, query: 'ref' }],
    ['Hello /هزینه ارسال', { from: 6, to: 18, query: 'هزینه ارسال' }],
    ['one\n/two', { from: 4, to: 8, query: 'two' }],
  ])('asks for a canned reply in %j', (text, word) => {
    expect(slashAt(text, text.length)).toEqual(word);
  });

  it.each(['and/or', 'https://peyk.test/x', '1/2', '/usr/bin', '/ref\nnext', '', 'word'])(
    'asks for nothing in %j',
    (text) => {
      expect(slashAt(text, text.length)).toBeNull();
    },
  );

  it('is looked for before the caret only', () => {
    expect(slashAt('/refund please', 4)).toEqual({ from: 0, to: 4, query: 'ref' });
  });
});

describe('a variable that is not filled in', () => {
  it('is found where it stands', () => {
    expect(unfilledAt('Dear ⟦customer.name⟧,')).toEqual({ from: 5, to: 20 });
    expect(unfilledAt('Dear Sara,')).toBeNull();
  });
});
