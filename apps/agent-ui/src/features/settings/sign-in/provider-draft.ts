import type { SignInProviderView } from '#contract';
import type { ProviderDraft } from '../../../api/sign-in.js';

/** The form as it is typed: lists are one line, and a secret comes from the keyboard alone. */
export type Typed = Omit<ProviderDraft, 'scopes' | 'emailDomains' | 'groupsClaim' | 'clientSecret'> & {
  scopes: string;
  emailDomains: string;
  groupsClaim: string;
  clientSecret: string;
};

export function typedOf(provider: SignInProviderView | null): Typed {
  if (!provider) {
    return fresh;
  }
  const { id: _id, hasSecret: _secret, people: _people, ...kept } = provider;
  return {
    ...kept,
    scopes: kept.scopes.filter((scope) => scope !== 'openid').join(' '),
    emailDomains: kept.emailDomains.join(' '),
    groupsClaim: kept.groupsClaim ?? '',
    clientSecret: '',
  };
}

export function draftOf({ clientSecret, ...typed }: Typed): ProviderDraft {
  return {
    ...typed,
    name: typed.name.trim(),
    scopes: wordsOf(typed.scopes),
    emailDomains: wordsOf(typed.emailDomains),
    groupsClaim: typed.groupsClaim.trim() || null,
    groups: typed.groups.filter(({ name }) => name.trim() !== ''),
    ...(clientSecret === '' ? {} : { clientSecret }),
  };
}

const fresh: Typed = {
  name: '',
  issuer: '',
  clientId: '',
  clientSecret: '',
  scopes: 'email profile',
  emailDomains: '',
  trustsEmail: false,
  createsAccounts: false,
  role: 'agent',
  ownRoleId: null,
  queueIds: [],
  groupsClaim: 'groups',
  groups: [],
  secondFactor: 'asked',
  enabled: true,
};

function wordsOf(line: string): string[] {
  return line.split(/[\s,،]+/u).filter((word) => word !== '');
}
