import { describe, expect, it } from '@jest/globals';
import { partWordsOf } from './part-words.js';

describe('the words of what is loaded later', () => {
  it('are all there in Persian, none left in English', () => {
    const [en, fa] = [partWordsOf('en'), partWordsOf('fa')];
    const say = (word: string | ((...values: string[]) => string)): string =>
      typeof word === 'string' ? word : word('', '');
    for (const key of Object.keys(en) as (keyof typeof en)[]) {
      expect(say(fa[key])).not.toBe(say(en[key]));
      expect(say(fa[key])).toMatch(/[آ-ی]/);
    }
  });
});
