import { describe, expect, it } from '@jest/globals';
import { countSegments, plainerText } from './count-segments.js';

describe('counting an SMS while it is written', () => {
  it.each([
    ['hello', 155],
    ['a'.repeat(160), 0],
    ['a'.repeat(161), 306 - 161],
    ['€', 158],
    ['سلام', 66],
    ['پ'.repeat(71), 134 - 71],
  ])('says how much room the last segment of “%s” has', (text, left) => {
    expect(countSegments(text).left).toBe(left);
  });
});

describe('plain signs', () => {
  it('are offered where a sign alone makes a text Unicode', () => {
    expect(plainerText('“Your order” – it’s ready…')).toBe('"Your order" - it\'s ready...');
  });

  it.each(['Your order', 'سفارش «شما» – آماده است…', 'ok 👍 – bye'])('are not offered for “%s”', (text) => {
    expect(plainerText(text)).toBeNull();
  });
});
