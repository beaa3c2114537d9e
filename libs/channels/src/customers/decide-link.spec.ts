import { describe, expect, it } from '@jest/globals';
import { decideLink, type Belief } from './decide-link.js';
import { isRoleAddress } from './role-address.js';

const levels: Belief[] = ['proven', 'channel_given', 'unauthenticated', 'claimed'];
const vouched = new Set<Belief>(['proven', 'channel_given']);

describe('two customers with one address', () => {
  it.each(levels.flatMap((here) => levels.map((there) => [here, there] as const)))(
    'who are believed as %s and %s are joined only where a channel vouches for both',
    (here, there) => {
      const link = decideLink({ kind: 'phone', address: '+989121234567', shared: false, here, there });
      expect(link).toBe(vouched.has(here) && vouched.has(there) ? 'link' : 'suggest');
    },
  );

  it('are never joined over a shared one, nor over a role’s mailbox', () => {
    const proven = { here: 'proven', there: 'proven' } as const;
    expect(decideLink({ kind: 'phone', address: '+982188776655', shared: true, ...proven })).toBe('nothing');
    expect(decideLink({ kind: 'email', address: 'info@x.test', shared: false, ...proven })).toBe('suggest');
  });
});

describe('isRoleAddress', () => {
  it.each([
    'info@x.test',
    'support+de@x.test',
    'no-reply@x.test',
    'info2@x.test',
    'customer.service@x.test',
    'foroosh@x.ir',
  ])('knows %s', (address) => {
    expect(isRoleAddress(address)).toBe(true);
  });

  it.each(['mina@info.test', 'informer@x.test', 'sales.karimi@x.test', 'it.mina@x.test', '12345@x.test'])(
    'takes %s for a person',
    (address) => {
      expect(isRoleAddress(address)).toBe(false);
    },
  );
});
