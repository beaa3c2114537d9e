import { describe, expect, it } from '@jest/globals';
import { splitAddresses } from './split-addresses.js';

const addresses = (text: string): string[] =>
  splitAddresses(text)
    .filter(({ isAddress }) => isAddress)
    .map(({ text: found }) => found);

describe('web addresses in a text', () => {
  it('leaves the marks of the sentence outside', () => {
    expect(addresses('See https://a.example/x?y=1, (http://b.example/) or «https://c.example/ف»؟')).toEqual([
      'https://a.example/x?y=1',
      'http://b.example/',
      'https://c.example/ف',
    ]);
  });

  it('never makes a link of anything but http and https', () => {
    expect(addresses('javascript:alert(1) data:text/html,x ftp://a.example vbscript:x')).toEqual([]);
  });

  it('loses no letter of the text', () => {
    const text = 'به https://a.example/ بروید. https://b.example';
    expect(
      splitAddresses(text)
        .map((piece) => piece.text)
        .join(''),
    ).toBe(text);
  });

  it('takes a long text without an address in no time', () => {
    expect(splitAddresses(`${'https:/'.repeat(20_000)}!`)).toHaveLength(1);
  });
});
