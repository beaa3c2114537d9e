import { describe, expect, it } from '@jest/globals';
import type { IdentityView } from '#contract';
import { calledBy, listMerged } from './merged-people.js';

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

const at = '2026-11-22T06:00:00.000Z';

describe('who was merged into a customer', () => {
  it('is named with all that they are reached by, in the order the hub gives', () => {
    const identities = [
      identity('root', 'a@x'),
      identity('one', 'b@x'),
      identity('two', 'c@x'),
      identity('one', 'd@x'),
    ];
    const merged = [
      { id: 'two', name: 'Mina', at },
      { id: 'one', name: 'b@x', at },
    ];
    expect(listMerged({ merged, identities })).toEqual([
      { customer: 'two', name: 'Mina', addresses: ['c@x'], at },
      { customer: 'one', name: '', addresses: ['b@x', 'd@x'], at },
    ]);
  });

  it('is there even where no address is left of them', () => {
    expect(listMerged({ merged: [{ id: 'one', name: 'Mina', at }], identities: [] })).toEqual([
      { customer: 'one', name: 'Mina', addresses: [], at },
    ]);
  });

  it('is called by name and addresses, whichever there are', () => {
    expect(calledBy({ name: 'Mina', addresses: ['a@x', 'b@x'] })).toBe('Mina, a@x, b@x');
    expect(calledBy({ name: '', addresses: ['a@x'] })).toBe('a@x');
    expect(calledBy({ name: '', addresses: [] })).toBe('');
  });
});
