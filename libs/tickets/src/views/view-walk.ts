import type { TicketState } from '../tickets/ticket-state.js';
import { testsOfView, type ViewFilter, type ViewGroup, type ViewSort, type ViewTest } from './view-filter.js';

/**
 * Where tickets of a view can be at all: what an index is walked by. Every ticket that a filter holds for is in it; not every ticket in it
 * is one that the filter holds for. Null: anywhere.
 */
export interface ViewWalk {
  states: TicketState[];
  queues: string[] | null;
  /** Ids of agents, and 'me'. */
  owners: string[] | null;
}

const allStates: TicketState[] = ['new', 'open', 'pending', 'on_hold', 'solved', 'closed'];
const liveStates = allStates.slice(0, 4);

export function walkOf(filter: ViewFilter): ViewWalk {
  const asksForStates = testsOfView(filter).some(({ field }) => field === 'state');
  const states = within(filter, statesOf);
  return {
    states: asksForStates ? ((states as TicketState[] | null) ?? allStates) : liveStates,
    queues: within(filter, (test) => (test.field === 'queue' && test.op === 'is' ? test.value : null)),
    owners: within(filter, ownersOf),
  };
}

/** Whether a view can be sorted so: what is done waits for nothing and has no deadline, and no index orders it by them. */
export function maySort(filter: ViewFilter, sort: ViewSort): boolean {
  return sort === 'newest' || walkOf(filter).states.every((state) => liveStates.includes(state));
}

function statesOf(test: ViewTest): TicketState[] | null {
  if (test.field !== 'state') {
    return null;
  }
  return allStates.filter((state) => test.value.includes(state) === (test.op === 'is'));
}

function ownersOf(test: ViewTest): string[] | null {
  return test.field === 'assignee' && test.op === 'is' && !test.value.includes('nobody') ? test.value : null;
}

/** What a part of a filter leaves possible: of all questions what all leave, of any what one of them leaves. */
function within(part: ViewFilter | ViewGroup | ViewTest, ofTest: (test: ViewTest) => string[] | null): string[] | null {
  if ('field' in part) {
    return ofTest(part);
  }
  if ('all' in part) {
    return part.all
      .map((member) => within(member, ofTest))
      .reduce((left, right) => (left && right ? left.filter((one) => right.includes(one)) : (left ?? right)), null);
  }
  const parts = part.any.map((member) => within(member, ofTest));
  return parts.some((one) => one === null) ? null : [...new Set(parts.flatMap((one) => one ?? []))];
}
