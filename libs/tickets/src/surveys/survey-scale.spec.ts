import { describe, expect, it } from '@jest/globals';
import { isLowScore, readBareNumber, readKeypad, scoreIn, scoresOf, summariseScores } from './survey-scale.js';

describe('a bare number', () => {
  it.each([
    ['5', 5],
    ['۵', 5],
    ['٤', 4],
    [' ۱۰ ', 10],
    ['3.', 3],
    ['۴!', 4],
    ['\u200f۲\u200f', 2],
    ['0', 0],
  ])('is read from %j', (text, number) => expect(readBareNumber(text)).toBe(number));

  it.each([
    '5 stars',
    'five',
    '۵ ممنون',
    '',
    '5 4',
    '123',
    '4.5',
    'order 12',
    'خوب',
    '1️⃣ is it',
    '09121234567',
    '12:30',
  ])('is not what %j says', (text) => expect(readBareNumber(text)).toBeNull());

  it('is a score only inside its scale', () => {
    expect([scoreIn('csat', 0), scoreIn('csat', 5), scoreIn('csat', 6)]).toEqual([null, 5, null]);
    expect([scoreIn('nps', 0), scoreIn('nps', 10), scoreIn('nps', 11)]).toEqual([0, 10, null]);
    expect([scoreIn('ces', 7), scoreIn('ces', 8), scoreIn('ces', 1.5)]).toEqual([7, null, null]);
  });
});

describe('keys of a phone', () => {
  it('are one score, and wait where another digit would make another one', () => {
    expect(readKeypad('4', 'csat')).toEqual({ outcome: 'score', score: 4, mayGrow: false });
    expect(readKeypad('1', 'nps')).toEqual({ outcome: 'score', score: 1, mayGrow: true });
    expect(readKeypad('1#', 'nps')).toEqual({ outcome: 'score', score: 1, mayGrow: false });
    expect(readKeypad('10', 'nps')).toEqual({ outcome: 'score', score: 10, mayGrow: false });
    expect(readKeypad('0', 'nps')).toEqual({ outcome: 'score', score: 0, mayGrow: false });
    expect(readKeypad('1', 'ces')).toEqual({ outcome: 'score', score: 1, mayGrow: false });
  });

  it('are wrong where they name no score', () => {
    for (const keys of ['9', '*', '#', '55', '1*', '100']) {
      expect(readKeypad(keys, 'csat')).toEqual({ outcome: 'wrong' });
    }
    expect(readKeypad('', 'csat')).toEqual({ outcome: 'none' });
  });
});

describe('what answers come to', () => {
  it('is empty while nobody answered', () => {
    expect(summariseScores('csat', {})).toMatchObject({ answered: 0, mean: null, headline: null });
    expect(summariseScores('nps', {}).distribution).toHaveLength(11);
  });

  it('is told as each kind is usually told', () => {
    expect(summariseScores('csat', { '5': 2, '4': 1, '1': 1 })).toMatchObject({
      answered: 4,
      mean: 3.75,
      headline: 75,
    });
    expect(summariseScores('nps', { '10': 5, '8': 3, '6': 2 })).toMatchObject({
      answered: 10,
      mean: 8.6,
      headline: 30,
    });
    expect(summariseScores('nps', { '0': 4 })).toMatchObject({ mean: 0, headline: -100 });
    expect(summariseScores('ces', { '7': 1, '4': 2 })).toMatchObject({ mean: 5, headline: 33.33 });
    expect(scoresOf('ces')).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  it('is low up to the threshold, and never without one', () => {
    expect([isLowScore(2, 2), isLowScore(3, 2), isLowScore(1, null), isLowScore(0, 0)]).toEqual([
      true,
      false,
      false,
      true,
    ]);
  });
});
