import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { TicketView } from '#contract';
import { keys } from '../api/keys.js';
import { routing } from '../api/routing.js';
import { PlaceLoader, type SeenPlace } from './place-loader.js';

const gatherMs = 20;

const loader = new PlaceLoader({
  ask: (tickets) => routing.places(tickets),
  pause: () => new Promise((resolve) => setTimeout(resolve, gatherMs)),
  now: () => performance.now(),
});

/**
 * Where a ticket stands in its queue; nothing for one that does not wait. Others come and go before it without a word about it, so it is
 * asked for anew every `everyMs`.
 */
export function usePlace({ id, queueId, priority, ownerId, state }: TicketView, everyMs: number): SeenPlace | null {
  const isWaiting = ownerId === null && state !== 'solved' && state !== 'closed';
  const place = useQuery({
    // What is said of a ticket moves its version, and not its place.
    queryKey: keys.place(id, [queueId, priority, state].join(' ')),
    queryFn: () => loader.load(id),
    enabled: isWaiting,
    placeholderData: keepPreviousData,
    staleTime: everyMs,
    refetchInterval: everyMs,
  });
  return isWaiting ? (place.data ?? null) : null;
}
