import { describe, expect, it } from '@jest/globals';
import { matchKey } from '#channels';
import { markWords } from './mark-words.js';

const marked = (text: string, ...words: string[]) => {
  const keys = words.flatMap((word) => matchKey(word).split(' '));
  const { snippet, marks } = markWords(text, keys);
  return { snippet, marked: marks.map(([from, to]) => snippet.slice(from, to)) };
};

describe('the words that were searched for', () => {
  it('are marked where they stand, also when they go on', () => {
    expect(marked('Please refund my two refunds.', 'refund').marked).toEqual(['refund', 'refunds']);
  });

  it('are found however they are spelled', () => {
    expect(marked('سلام، كتاب‌هاي من نرسيده', 'کتاب').marked).toEqual(['كتاب‌هاي']);
    expect(marked('شماره ۱۲۳۴', '1234').marked).toEqual(['۱۲۳۴']);
  });

  it('are shown with what stands around them', () => {
    const text = `${'before '.repeat(60)}needle${' after'.repeat(60)}`;
    const { snippet, marked: shown } = marked(text, 'needle');
    expect(shown).toEqual(['needle']);
    expect(snippet.length).toBeLessThan(190);
    expect(snippet).toMatch(/^…before .* after…$/);
  });

  it('may be missing: the beginning is shown', () => {
    expect(marked('Hello there', 'nothing')).toEqual({ snippet: 'Hello there', marked: [] });
  });
});
