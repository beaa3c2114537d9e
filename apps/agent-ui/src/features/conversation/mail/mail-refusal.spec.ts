import { describe, expect, it } from '@jest/globals';
import { refusalIn } from './mail-refusal.js';

describe('what a server’s refusal means', () => {
  it.each([
    ['550 5.1.1 <x@example.org>: Recipient address rejected: User unknown', 'noMailbox'],
    ['550 5.1.10 Recipient not found', 'noMailbox'],
    ['Host or domain name not found (5.4.4)', 'noDomain'],
    ['552-5.2.2 The email account that you tried to reach is over quota', 'full'],
    ['552 5.3.4 Message size exceeds fixed limit', 'tooLarge'],
    ['550 5.7.26 Unauthenticated mail is not accepted', 'rejected'],
    ['451 4.7.1 Greylisted', 'notYet'],
    ['451 Try again later', 'notYet'],
  ])('is found in “%s”', (words, meaning) => {
    expect(refusalIn(words)).toBe(meaning);
  });

  it.each(['550 No', '550 5.0.0 Failed', 'The line broke.', 'Version 5.1.1.2 of 10.5.1.1', ''])(
    'is not guessed from “%s”',
    (words) => {
      expect(refusalIn(words)).toBeNull();
    },
  );
});
