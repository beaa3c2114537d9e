import { describe, expect, it } from '@jest/globals';
import { matchKey } from '#channels';
import { rankReplies, typedKey, type RankedReply } from './rank-replies.js';

function reply(short: string, title: string, text: string, more: Partial<RankedReply> = {}) {
  return {
    short,
    shortKey: matchKey(short).replaceAll(' ', ''),
    titleKey: matchKey(title),
    textKey: matchKey(text),
    used: 0,
    isUnfit: false,
    ...more,
  };
}

const kept = [
  reply('می‌خواهم', 'خواستهٔ مشتری', 'می‌خواهم کمک کنم'),
  reply('refund', 'Refund under way', 'Your money is on its way.'),
  reply('هزینه', 'هزینهٔ ارسال', 'هزینهٔ ارسال کالا ۲۰ هزار تومان است.'),
  reply('thanks', 'Thank you', 'Thank you; a refund was made.', { used: 9 }),
  reply('kalid', 'گم‌شدن كليد', 'کلید شما آماده است'),
];
const found = (typed: string): string[] => rankReplies(kept, typedKey(typed)).map(({ short }) => short);

describe('the search for a canned reply', () => {
  it.each([
    ['می خواهم', 'می‌خواهم'],
    ['ميخواهم', 'می‌خواهم'],
    ['ﻣﯽ‌ﺧﻮﺍﻫﻢ', 'می‌خواهم'],
    ['هزينه', 'هزینه'],
    ['هزینه‌ی ارسال', 'هزینه'],
    ['20 هزار', 'هزینه'],
    ['كليد', 'kalid'],
    ['گم شدن کلید', 'kalid'],
  ])('finds, typed %j, what was written otherwise', (typed, short) => {
    expect(found(typed)[0]).toBe(short);
  });

  it('puts a short name before a title, a title before a text, and the most used first of equals', () => {
    expect(found('refund')).toEqual(['refund', 'thanks']);
    expect(found('th')).toEqual(['thanks']);
    expect(found('')[0]).toBe('thanks');
  });

  it('finds nothing for what stands nowhere', () => {
    expect(found('xyz')).toEqual([]);
  });

  it('puts what is not for this conversation last', () => {
    const list = [reply('a1', 'A', '', { isUnfit: true, used: 50 }), reply('a2', 'A', '')];
    expect(rankReplies(list, 'a').map(({ shortKey }) => shortKey)).toEqual(['a2', 'a1']);
  });
});
