import { describe, expect, it } from '@jest/globals';
import { decideEntry, roleOf, type EntryRules } from './decide-entry.js';
import { readClaims, type Person } from './read-claims.js';
import { safePath } from './safe-path.js';

const ida: Person = {
  subject: 'ida',
  email: 'ida@peyk.test',
  isVerified: true,
  name: 'Ida',
  locale: null,
  groups: [],
  provedTwice: false,
};
const rules: EntryRules = { emailDomains: [], trustsEmail: false, createsAccounts: false };
const nobody = { linked: null, namesake: null };
const account = { agentId: 'a', isOff: false };

describe('somebody whom a provider vouches for', () => {
  it('comes into the account that they are linked to, whatever their address is by now', () => {
    const moved = { ...ida, email: 'other@peyk.test', isVerified: false };
    const found = { linked: account, namesake: { agentId: 'b', isOff: false, isTaken: false } };
    expect(decideEntry(rules, moved, found)).toEqual({ kind: 'enter', agentId: 'a' });
    expect(decideEntry(rules, ida, { ...nobody, linked: { ...account, isOff: true } })).toMatchObject({
      why: 'no_account',
    });
  });

  it.each<[string, Partial<EntryRules>, Partial<Person>, { isOff?: boolean; isTaken?: boolean } | null, object]>([
    ['with a verified address is linked to its account', {}, {}, {}, { kind: 'link', agentId: 'a' }],
    ['without one is linked to none', {}, { isVerified: false }, {}, { why: 'unverified' }],
    [
      'is taken at the word of a provider that is trusted',
      { trustsEmail: true },
      { isVerified: false },
      {},
      { kind: 'link' },
    ],
    ['has no address', {}, { email: null }, null, { why: 'no_email' }],
    ['has an account that is off', {}, {}, { isOff: true }, { why: 'no_account' }],
    ['has an address whose account is somebody else’s there', {}, {}, { isTaken: true }, { why: 'no_account' }],
    ['has no account', {}, {}, null, { why: 'no_account' }],
    [
      'gets an account where they are made',
      { createsAccounts: true },
      {},
      null,
      { kind: 'create', email: 'ida@peyk.test' },
    ],
    [
      'gets none by an address that nobody verified',
      { createsAccounts: true },
      { isVerified: false },
      null,
      { why: 'unverified' },
    ],
    ['is of another domain', { emailDomains: ['test'] }, {}, {}, { why: 'foreign_domain' }],
    ['is of the right domain', { emailDomains: ['peyk.test'] }, {}, {}, { kind: 'link' }],
  ])('%s', (_, more, person, namesake, expected) => {
    const found = { linked: null, namesake: namesake && { ...account, isTaken: false, ...namesake } };
    expect(decideEntry({ ...rules, ...more }, { ...ida, ...person }, found)).toMatchObject(expected);
  });

  it('has the role of the first group that they are in, and else what everybody gets', () => {
    const groups = [
      { name: 'leads', role: 'supervisor' as const, ownRoleId: 'r' },
      { name: 'desk', role: 'agent' as const, ownRoleId: null },
    ];
    const given = { role: 'agent' as const, ownRoleId: 'new', groups };
    expect(roleOf(given, { groups: ['desk', 'leads'] })).toEqual({ role: 'supervisor', ownRoleId: 'r' });
    expect(roleOf(given, { groups: ['others'] })).toEqual({ role: 'agent', ownRoleId: 'new' });
  });
});

describe('claims', () => {
  it('are taken as providers write them', () => {
    const claims = {
      sub: 'u1',
      email: ' Ida@Peyk.TEST ',
      email_verified: 'true',
      given_name: 'Ida',
      family_name: 'Lind',
      locale: 'fa-IR',
      amr: ['pwd', 'mfa'],
      realm_access: { roles: ['leads', 7] },
      'https://peyk.test/groups': 'desk',
    };
    expect(readClaims(claims, 'realm_access.roles')).toEqual({
      subject: 'u1',
      email: 'ida@peyk.test',
      isVerified: true,
      name: 'Ida Lind',
      locale: 'fa',
      groups: ['leads'],
      provedTwice: true,
    });
    expect(readClaims(claims, 'https://peyk.test/groups').groups).toEqual(['desk']);
    expect(readClaims({ sub: 'u1', email: 'no address', email_verified: 1, amr: 'pwd' }, 'groups')).toMatchObject({
      email: null,
      isVerified: false,
      groups: [],
      provedTwice: false,
    });
  });
});

describe('the way back', () => {
  it.each([
    ['/inbox/mine?ticket=7#x', '/inbox/mine?ticket=7'],
    ['//evil.test/', '/'],
    ['/\\evil.test', '/'],
    ['/.//evil.test', '/'],
    ['/%2f/evil.test', '/%2f/evil.test'],
    ['https://evil.test/', '/'],
    ['/api/session', '/'],
    ['/x/../api/session', '/'],
    ['\t/inbox', '/'],
    [undefined, '/'],
  ])('from %s is %s', (wanted, path) => {
    expect(safePath(wanted)).toBe(path);
  });
});
