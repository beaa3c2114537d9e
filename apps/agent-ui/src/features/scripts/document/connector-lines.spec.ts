import { describe, expect, it } from '@jest/globals';
import { argumentsOf, readPairs, writePairs } from './connector-lines.js';

describe('what is typed of a connector', () => {
  it('is read by lines, with colons inside of values kept', () => {
    const pairs = readPairs('Accept: application/json\n\n X-Time : 12:30 \nX-Empty');
    expect(pairs).toEqual([
      ['Accept', 'application/json'],
      ['X-Time', '12:30'],
      ['X-Empty', ''],
    ]);
    expect(readPairs(writePairs(pairs))).toEqual(pairs);
  });

  it('has the arguments that its address names, each once', () => {
    expect(argumentsOf('https://shop.test/{order_no}/x?of={customer}&again={order_no}')).toEqual([
      'order_no',
      'customer',
    ]);
  });
});
