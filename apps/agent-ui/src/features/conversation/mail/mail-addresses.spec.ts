import { describe, expect, it } from '@jest/globals';
import { addAddresses, isAddress, readAddresses, removeAddresses } from './mail-addresses.js';

describe('addresses that an agent writes', () => {
  it('are found in what other programs copy, with names, Persian commas and line ends', () => {
    expect(
      readAddresses('Mina Ahmadi <mina@example.org>, ali@example.org؛ sara@example.org\nreza@example.org'),
    ).toEqual(['mina@example.org', 'ali@example.org', 'sara@example.org', 'reza@example.org']);
    expect(readAddresses(' ، ')).toEqual([]);
  });

  it('are told from what is none', () => {
    expect(['mina@example.org', 'a+b@mail.example.co.uk', 'مینا@پیک.ایران'].every(isAddress)).toBe(true);
    expect(
      ['mina', 'mina@', '@example.org', 'mina@example', 'a b@example.org', 'a@b@example.org'].some(isAddress),
    ).toBe(false);
  });

  it('count once, however they are capitalised', () => {
    expect(addAddresses(['a@x.org'], ['A@X.org', 'b@x.org', 'B@x.org'])).toEqual(['a@x.org', 'b@x.org']);
    expect(removeAddresses(['a@x.org', 'b@x.org'], ['A@x.org'])).toEqual(['b@x.org']);
  });
});
