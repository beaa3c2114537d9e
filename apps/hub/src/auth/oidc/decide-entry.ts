import type { Role, SignInGroupView, SignInRefusal } from '#contract';
import type { Person } from './read-claims.js';

/** What a provider may do here. */
export interface EntryRules {
  emailDomains: string[];
  trustsEmail: boolean;
  createsAccounts: boolean;
}

/** The account that the provider's name for them is linked to already. */
interface Linked {
  agentId: string;
  isOff: boolean;
}

/** The account with their address. `isTaken`: somebody else of the same provider has it. */
interface Namesake extends Linked {
  isTaken: boolean;
}

export type Entry =
  | { kind: 'enter' | 'link'; agentId: string }
  | { kind: 'create'; email: string }
  | { kind: 'refuse'; why: SignInRefusal };

/**
 * Which account opens for somebody whom a provider vouches for. Once linked, the provider's name for them decides and no address does,
 * so an address that changes hands there moves nobody here. Accounts that are off, of others or not there look the same.
 */
export function decideEntry(
  rules: EntryRules,
  person: Person,
  found: { linked: Linked | null; namesake: Namesake | null },
): Entry {
  const { linked, namesake } = found;
  if (!isOfDomain(person.email, rules.emailDomains)) {
    return refuse(person.email === null ? 'no_email' : 'foreign_domain');
  }
  if (linked) {
    return linked.isOff ? refuse('no_account') : { kind: 'enter', agentId: linked.agentId };
  }
  return decideFirst(rules, person, namesake);
}

/** Whoever was never here: their address names an account, and only one that the provider vouches for. */
function decideFirst(rules: EntryRules, person: Person, namesake: Namesake | null): Entry {
  if (person.email === null) {
    return refuse('no_email');
  }
  if (!person.isVerified && !rules.trustsEmail) {
    return refuse('unverified');
  }
  if (namesake) {
    const isClosed = namesake.isOff || namesake.isTaken;
    return isClosed ? refuse('no_account') : { kind: 'link', agentId: namesake.agentId };
  }
  return rules.createsAccounts ? { kind: 'create', email: person.email } : refuse('no_account');
}

export interface GivenRole {
  role: Role;
  ownRoleId: string | null;
}

/** The role that somebody's groups bring: that of the first in the list, else what everybody gets. */
export function roleOf(rules: GivenRole & { groups: SignInGroupView[] }, person: Pick<Person, 'groups'>): GivenRole {
  const { role, ownRoleId } = rules.groups.find(({ name }) => person.groups.includes(name)) ?? rules;
  return { role, ownRoleId };
}

function isOfDomain(email: string | null, domains: string[]): boolean {
  return domains.length === 0 || (email !== null && domains.includes(email.slice(email.lastIndexOf('@') + 1)));
}

function refuse(why: SignInRefusal): Entry {
  return { kind: 'refuse', why };
}
