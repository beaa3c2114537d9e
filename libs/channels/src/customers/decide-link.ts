import type { IdentityKind, Trust } from '../message.js';
import { isRoleAddress } from './role-address.js';

/** How far one side of a possible link is believed: `claimed` is what somebody only says. */
export type Belief = Trust | 'claimed';

/** An address that two customers have something to do with, each side as far as it is believed. */
export interface EqualAddress {
  kind: IdentityKind;
  address: string;
  shared: boolean;
  here: Belief;
  there: Belief;
}

export type LinkDecision = 'link' | 'suggest' | 'nothing';

/**
 * Whether an equal address makes two customers one.
 *
 * Only where a channel vouches for both sides, and for an address of one person: a family's telephone or a role's mailbox belongs to
 * several, so it says nothing about who wrote. Anything less is for an agent to look at.
 */
export function decideLink({ kind, address, shared, here, there }: EqualAddress): LinkDecision {
  if (shared) {
    return 'nothing';
  }
  const isRole = kind === 'email' && isRoleAddress(address);
  return isVouchedFor(here) && isVouchedFor(there) && !isRole ? 'link' : 'suggest';
}

function isVouchedFor(belief: Belief): boolean {
  return belief === 'proven' || belief === 'channel_given';
}
