import { describe, expect, it } from '@jest/globals';
import { marksOf } from './told-flags.js';

describe('the marks of a message', () => {
  it('stand with the gravest first, whatever order the hub found them in', () => {
    expect(marksOf(['automatic', 'oversized', 'unverified'])).toEqual(['unverified', 'oversized', 'automatic']);
  });

  it('leave out what another says more exactly', () => {
    expect(marksOf(['automatic', 'out_of_office'])).toEqual(['out_of_office']);
    expect(marksOf(['unverified', 'forged'])).toEqual(['forged']);
    expect(marksOf(['automatic', 'unverified', 'bounce'])).toEqual(['bounce']);
    expect(marksOf(['automatic', 'possibly_related'])).toEqual(['possibly_related', 'automatic']);
  });

  it('leave out what this console does not know yet', () => {
    expect(marksOf(['from_the_future'])).toEqual([]);
  });
});
