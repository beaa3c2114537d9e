import { v7 as uuid } from 'uuid';
import type { NewCustomer } from '../../api/people.js';
import { isProblem } from '../../api/problem.js';

/** Where what was begun is written: a conversation, and the ticket in it. */
export interface Begun {
  conversation: string;
  ticket: string;
}

/** The calls that begin something, each under a key that the hub does it once for. */
export interface BeginningCalls {
  openTicket: (
    conversation: string,
    ticket: { subject: string; queueId: string },
    key: string,
  ) => Promise<{ id: string }>;
  openCustomer: (customer: NewCustomer, key: string) => Promise<Begun>;
}

/** What a form asks for: a ticket with somebody known, by their conversation, or somebody new. */
export type Wish = { conversation: string; subject: string; queueId: string } | { customer: NewCustomer };

/** By these the hub says that an earlier press reached it, and that it cannot answer for this one. */
const doubts = new Set(['idempotency_key_reused', 'idempotency_outcome_unknown']);

/** Whether an earlier press may have begun something already. */
export function isInDoubt(error: unknown): boolean {
  return isProblem(error) && doubts.has(error.code);
}

/**
 * What one opened form begins. All its presses go under one key, so that a press whose answer was lost begins nothing twice when it is
 * repeated. Where the hub is in doubt the form says so, and only the press after that goes under a new key.
 */
export function createBeginning(calls: BeginningCalls): (wish: Wish) => Promise<Begun> {
  let key = uuid();
  const ask = async (wish: Wish): Promise<Begun> => {
    if ('customer' in wish) {
      return calls.openCustomer(wish.customer, key);
    }
    const { conversation, ...ticket } = wish;
    return { conversation, ticket: (await calls.openTicket(conversation, ticket, key)).id };
  };
  return async (wish) => {
    try {
      return await ask(wish);
    } catch (error) {
      if (isInDoubt(error)) {
        key = uuid();
      }
      throw error;
    }
  };
}
