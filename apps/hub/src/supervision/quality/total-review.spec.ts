import { expect, it } from '@jest/globals';
import { takesScore, totalReview, type Scored } from './total-review.js';

const five = (score: number, weight = 1, critical = false): Scored => ({
  kind: 'one_to_five',
  score,
  weight,
  critical,
});
const yes = (score: number | null, weight = 1, critical = false): Scored => ({
  kind: 'yes_no',
  score,
  weight,
  critical,
});

it.each([
  ['all reached', [five(5), yes(1)], { total: 100, failed: false }],
  ['nothing reached', [five(1), yes(0)], { total: 0, failed: false }],
  ['weighted', [five(5, 3), yes(0, 1)], { total: 75, failed: false }],
  ['to one decimal', [yes(1), yes(1), yes(0)], { total: 66.7, failed: false }],
  ['what is not applicable does not count', [five(3), yes(null, 9)], { total: 50, failed: false }],
  ['nothing is applicable', [yes(null), yes(null, 1, true)], { total: null, failed: false }],
  ['a failed critical question fails the whole', [five(5, 100), yes(0, 1, true)], { total: 0, failed: true }],
  ['the lowest of five fails a critical one', [five(1, 1, true), yes(1)], { total: 0, failed: true }],
  ['two of five does not', [five(2, 1, true), yes(1)], { total: 62.5, failed: false }],
])('totals: %s', (_, questions, total) => {
  expect(totalReview(questions)).toEqual(total);
});

it('takes only scores of the kind', () => {
  const taken = (kind: Scored['kind']) => [null, 0, 1, 2, 5, 6].filter((score) => takesScore({ kind }, score));
  expect([taken('yes_no'), taken('one_to_five')]).toEqual([
    [null, 0, 1],
    [1, 2, 5],
  ]);
});
