import type { Role } from './views.js';

/** How the sign-in page lets people in. */
export interface SignInWaysView {
  providers: { id: string; name: string }[];
  /** `some`: all but a few sign in by a provider. */
  passwords: 'everybody' | 'some';
}

/** Where the browser goes next. */
export interface SignInBegunView {
  location: string;
}

/** A role by the name of a group. */
export interface SignInGroupView {
  name: string;
  role: Role;
  ownRoleId: string | null;
}

/** A provider of OpenID Connect, as administrators set it up. */
export interface SignInProviderView {
  id: string;
  version: number;
  name: string;
  issuer: string;
  clientId: string;
  /** The secret itself is never shown again. */
  hasSecret: boolean;
  scopes: string[];
  /** Whose addresses may come in; none: any. */
  emailDomains: string[];
  /** Its word on addresses counts, also where it does not call them verified. */
  trustsEmail: boolean;
  createsAccounts: boolean;
  /** What new accounts get. */
  role: Role;
  ownRoleId: string | null;
  queueIds: string[];
  /** The claim that lists somebody's groups. */
  groupsClaim: string | null;
  /** The first that somebody is in says the role of accounts that this provider made. */
  groups: SignInGroupView[];
  /** Whether the hub's own second step comes after it: always, unless it says `mfa`, or never. */
  secondFactor: 'asked' | 'by_amr' | 'counts';
  enabled: boolean;
  /** Accounts that are linked to it. */
  people: number;
}

export interface SignInSettingsView {
  providers: SignInProviderView[];
  /** What the address begins with to which providers lead back; null: the hub does not know its own address. */
  address: string | null;
  passwords: SignInWaysView['passwords'];
  /** Administrators, of whom at least one keeps a password. */
  administrators: { id: string; name: string; email: string; hasPassword: boolean; keepsPassword: boolean }[];
}

/** What was found at a provider, in the order in which it was looked at. What could not be looked at any more is not there. */
export interface SignInCheckView {
  ok: boolean;
  steps: { step: 'discovery' | 'issuer' | 'endpoints' | 'keys' | 'client'; ok: boolean; detail: string }[];
}

/** How I am known to a provider. */
export interface OwnIdentityView {
  id: string;
  provider: string;
  email: string;
  linkedAt: string;
  lastUsedAt: string;
}

/** Why a sign-in by a provider came to nothing, as the sign-in page is told it. */
export type SignInRefusal =
  | 'over'
  | 'denied'
  | 'failed'
  | 'unreachable'
  | 'no_email'
  | 'unverified'
  | 'foreign_domain'
  | 'no_account'
  | 'too_many';
