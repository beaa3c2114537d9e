import { describe, expect, it } from '@jest/globals';
import { refusalToAnswer, type AnswerFacts } from './may-answer.js';

const checks = { spf: 'pass', dkim: 'none', dmarc: 'none', by: 'peyk' } as const;
const person: AnswerFacts = {
  flags: ['unverified'],
  hasReport: false,
  checks,
  address: 'mina@example.org',
  own: new Set(['support@shop.example']),
  suppressed: false,
  inThread: 0,
  inDay: 2,
  inMailboxHour: 199,
};

describe('an automatic answer', () => {
  it('goes to a person whose server vouches for the mail', () => {
    expect(refusalToAnswer(person)).toBeNull();
    expect(refusalToAnswer({ ...person, flags: [], checks: null })).toBeNull();
  });

  it.each<[string, Partial<AnswerFacts>]>([
    ['automatic', { flags: ['automatic'] }],
    ['automatic', { flags: ['newsletter'] }],
    ['automatic', { hasReport: true }],
    ['forged', { flags: ['forged'] }],
    ['unverified', { checks: { ...checks, spf: 'fail', dkim: 'fail' } }],
    ['unverified', { checks: null }],
    ['own_address', { address: 'support@shop.example' }],
    ['no_address', { address: 'unknown-1@sender.invalid' }],
    ['suppressed', { suppressed: true }],
    ['thread_budget', { inThread: 1 }],
    ['day_budget', { inDay: 3 }],
    ['mailbox_budget', { inMailboxHour: 200 }],
  ])('is refused as %s', (why, over) => {
    expect(refusalToAnswer({ ...person, ...over })).toBe(why);
  });
});
