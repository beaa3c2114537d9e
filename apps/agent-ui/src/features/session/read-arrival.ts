import type { SignInRefusal, SignInStepView } from '#contract';

/** What a provider's sign-in came to, as the hub writes it behind the # of the sign-in page. */
export interface Arrival {
  /** Somebody is signed in. */
  isIn: boolean;
  step: SignInStepView | null;
  refused: SignInRefusal | null;
  /** The page to go on with. */
  to: string;
}

const refusals: Record<SignInRefusal, true> = {
  over: true,
  denied: true,
  failed: true,
  unreachable: true,
  no_email: true,
  unverified: true,
  foreign_domain: true,
  no_account: true,
  too_many: true,
};

/** Anybody can write anything into an address, so only what the hub could have written is taken. */
export function readArrival(hash: string): Arrival {
  const told = new URLSearchParams(hash.replace(/^#/, ''));
  const [step, ticket, refused, to] = ['step', 'ticket', 'refused', 'to'].map((name) => told.get(name));
  const isRefusal = (word: string | null | undefined): word is SignInRefusal =>
    typeof word === 'string' && Object.hasOwn(refusals, word);
  return {
    isIn: told.has('in'),
    step: (step === 'code' || step === 'enrol') && ticket ? { step, ticket } : null,
    refused: isRefusal(refused) ? refused : null,
    to: to && /^\/(?![/\\])/.test(to) ? to : '/',
  };
}
