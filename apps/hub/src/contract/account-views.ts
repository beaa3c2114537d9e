/** What is asked of somebody whose password was right, or whom a provider vouches for, before they are signed in. */
export interface SignInStepView {
  /** `code`: one of their authenticator. `enrol`: everybody here has one, and they have none yet. */
  step: 'code' | 'enrol';
  /** Names this sign-in for some minutes; it opens nothing by itself. */
  ticket: string;
}

/** A one-time link for somebody, shown once: what is kept of it is a hash. */
export interface AccountLinkView {
  /** As it is passed on; only the path where the hub does not know its own address. */
  link: string;
  expiresAt: string;
  /** It was also sent to their address. */
  mailed: boolean;
}

/** What somebody finds who opens such a link. The rest is told of a link that holds, and of no other. */
export interface OpenedLinkView {
  state: 'good' | 'expired' | 'used' | 'revoked' | 'unknown';
  kind: 'invite' | 'reset' | null;
  email: string | null;
  name: string | null;
}

/** How an invitation stands; null in an account whose owner has joined. */
export interface InvitationView {
  state: 'none' | 'open' | 'expired' | 'revoked';
  expiresAt: string | null;
  mailed: boolean;
}

/** My second factor. */
export interface SecondFactorView {
  isOn: boolean;
  since: string | null;
  /** Recovery codes that are left. */
  recoveryCodes: number;
  /** Everybody here has one, so it cannot be turned off. */
  isRequired: boolean;
}

/** What goes into an authenticator. It counts from its first right code on. */
export interface EnrolmentView {
  /** Base32, as it is typed. */
  secret: string;
  /** The same for a program to open. */
  uri: string;
}

/** Shown once. Each opens the account one time. */
export interface RecoveryCodesView {
  codes: string[];
}

/** Somewhere I am signed in. */
export interface OwnSessionView {
  id: string;
  device: { browser: string | null; system: string | null; isPhone: boolean };
  /** Where it was begun; '' where nobody knows. */
  address: string;
  /** The provider by which they signed in; null: none. */
  via: string | null;
  begunAt: string;
  lastSeenAt: string;
  /** The one that asks. */
  isThis: boolean;
}

export interface AccountRulesView {
  /** Who proves themselves twice. */
  secondFactor: 'choice' | 'everybody';
}
