import type { TransferTargetsView } from '#contract';
import type { Endpoint, TransferWish } from '../../api/phone.js';
import { matchesWords } from '../../ui/fold-words.js';
import { isEndpoint, tidyAddress } from '../endpoint/endpoint-rules.js';

/** More than so many are searched. */
export const manyChoices = 8;

export interface NamedChoice {
  kind: 'agent' | 'queue';
  id: string;
  name: string;
  /** Only those that are free, or open, can be chosen. */
  state: TransferTargetsView['agents'][number]['state'] | 'open' | 'closed';
}

/** Somebody who can be chosen, or another phone. */
export type TransferChoice = NamedChoice | { kind: 'other'; id: 'other' };

interface Choices {
  kind: 'agents' | 'queues';
  choices: NamedChoice[];
}

export function canHave({ state }: NamedChoice): boolean {
  return state === 'free' || state === 'open';
}

/** Those whose names hold what is sought, the ones that can be chosen first. */
export function choicesOf(
  targets: TransferTargetsView | undefined,
  sought: string,
): { agents: Choices; queues: Choices } {
  const fit = (choices: NamedChoice[]) =>
    choices
      .filter(({ name }) => matchesWords(name, sought))
      .toSorted((a, b) => Number(canHave(b)) - Number(canHave(a)));
  const { agents = [], queues = [] } = targets ?? {};
  return {
    agents: { kind: 'agents', choices: fit(agents.map((agent) => ({ kind: 'agent', ...agent }))) },
    queues: {
      kind: 'queues',
      choices: fit(
        queues.map(({ id, name, isOpen }) => ({ kind: 'queue', id, name, state: isOpen ? 'open' : 'closed' })),
      ),
    },
  };
}

/** What the hub is asked; null while nobody is chosen whom it could be asked for. */
export function wishOf(chosen: TransferChoice | null, other: Endpoint): TransferWish | null {
  if (chosen === null) {
    return null;
  }
  if (chosen.kind !== 'other') {
    return chosen.kind === 'agent' ? { agentId: chosen.id } : { queueId: chosen.id };
  }
  const phone = { kind: other.kind, address: tidyAddress(other.kind, other.address) };
  return isDialled(phone) ? { phone } : null;
}

/** Numbers may be written as in the line's own country: the hub knows which that is. */
function isDialled({ kind, address }: Endpoint): boolean {
  return kind === 'number' ? /^\+?\d{5,15}$/u.test(address) : isEndpoint({ kind, address });
}
