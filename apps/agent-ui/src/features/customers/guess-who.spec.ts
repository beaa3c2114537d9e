import { describe, expect, it } from '@jest/globals';
import { guessWho } from './guess-who.js';

describe('what was typed while looking for somebody', () => {
  it.each([
    ['mina@example.com', 'email'],
    ['+98 912 111 00 01', 'phone'],
    ['۰۹۱۲۱۱۱۰۰۰۱', 'phone'],
    ['مینا رضایی', 'name'],
    ['Room 12', 'name'],
  ] as const)('%s is taken as %s', (typed, part) => {
    expect(guessWho(typed)).toEqual({ name: '', email: '', phone: '', [part]: typed });
  });
});
