import { describe, expect, it } from '@jest/globals';
import type { IdentityView } from '#contract';
import { listMerged } from './merged-people.js';

const identity = (customerId: string, address: string): IdentityView => ({
  id: address,
  customerId,
  kind: 'email',
  address,
  trust: 'proven',
  shared: false,
  lastSeenAt: null,
  unreachable: null,
  awayUntil: null,
});

describe('who was merged into a customer', () => {
  it('is whoever else their addresses came with, each once with all of theirs', () => {
    const identities = [
      identity('root', 'a@x'),
      identity('one', 'b@x'),
      identity('two', 'c@x'),
      identity('one', 'd@x'),
    ];
    expect(listMerged({ id: 'root', identities })).toEqual([
      { customer: 'one', addresses: ['b@x', 'd@x'] },
      { customer: 'two', addresses: ['c@x'] },
    ]);
  });

  it('is nobody where all addresses are their own', () => {
    expect(listMerged({ id: 'root', identities: [identity('root', 'a@x')] })).toEqual([]);
  });
});
