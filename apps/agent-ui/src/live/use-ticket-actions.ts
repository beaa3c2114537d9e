import type { TicketView } from '#contract';
import { hub, type TicketChange } from '../api/hub.js';
import { keys } from '../api/keys.js';
import { isProblem } from '../api/problem.js';
import { useAction } from '../ui/use-action.js';
import { useLive } from './live-context.js';
import { stillAsSeen } from './still-as-seen.js';

interface Wanted {
  ticket: TicketView;
  change: Omit<TicketChange, 'version'>;
}

/**
 * What an agent does with a ticket. Losing a race shows who won: the conversation is read again. Where the ticket only counted along with
 * our own words, whose frame is still on its way, nothing was lost: the change is asked for once more.
 */
export function useTicketActions(person: string) {
  const { cache } = useLive();
  const settle = async (change: Promise<TicketView>) => {
    try {
      const ticket = await change;
      cache.putTicket(person, ticket);
      return ticket;
    } catch (error) {
      if (isProblem(error) && error.status === 409) {
        cache.refetch(keys.conversation(person), keys.everyList);
      }
      throw error;
    }
  };
  const changeAsSeen = async ({ ticket: { id, version }, change: wish }: Wanted) => {
    const seen = cache.opened(person);
    try {
      return await hub.changeTicket(id, { ...wish, version });
    } catch (error) {
      const now = seen && isProblem(error, 'stale') && stillAsSeen(id, seen, await hub.conversation(person));
      if (now) {
        return hub.changeTicket(id, { ...wish, version: now.version });
      }
      throw error;
    }
  };
  const change = useAction((wanted: Wanted) => settle(changeAsSeen(wanted)));
  const assign = useAction((wanted: { ticket: TicketView; agentId: string | null }) =>
    settle(hub.assign(wanted.ticket.id, wanted.agentId, wanted.ticket.ownerId)),
  );
  return { change: change.mutate, assign: assign.mutate, isBusy: change.isPending || assign.isPending };
}

/** The ticket that a screen is about: the one asked for, else the newest that still needs work, else the newest. */
export function currentTicket(tickets: readonly TicketView[], wanted?: string): TicketView | undefined {
  return (
    tickets.find(({ id }) => id === wanted) ??
    tickets.find(({ state }) => state !== 'solved' && state !== 'closed') ??
    tickets[0]
  );
}
