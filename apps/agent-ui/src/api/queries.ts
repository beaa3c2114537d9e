import { infiniteQueryOptions, queryOptions, useQuery } from '@tanstack/react-query';
import type { AgentView, MeView, Permission, QueueView, TicketStateNameView } from '#contract';
import { hub, type ListFilter } from './hub.js';
import { inOrder } from './in-order.js';
import { keys } from './keys.js';
import { lifecycle } from './lifecycle.js';

/** What sockets keep fresh is never refetched for its age: frames patch it, and a reconnect asks for what was missed. */
const live = { staleTime: Number.POSITIVE_INFINITY };

export const meQuery = queryOptions({
  queryKey: keys.me,
  queryFn: ({ signal }) => hub.me(signal),
  ...live,
  retry: false,
});
export const setupQuery = queryOptions({ queryKey: keys.setup, queryFn: hub.setup, retry: false });
const queuesQuery = queryOptions({ queryKey: keys.queues, queryFn: hub.queues, ...live });
const stateNamesQuery = queryOptions({
  queryKey: keys.stateNames,
  queryFn: ({ signal }) => lifecycle.stateNames(signal),
  ...live,
});
const agentsQuery = queryOptions({ queryKey: keys.agents, queryFn: hub.agents, ...live });
export const channelsQuery = queryOptions({ queryKey: keys.channels, queryFn: hub.channels });
export const demoQuery = queryOptions({ queryKey: keys.demo, queryFn: hub.demo, ...live });

export const listQuery = (filter: ListFilter) =>
  infiniteQueryOptions({
    queryKey: keys.list(filter),
    queryFn: ({ pageParam, signal }) => hub.rows(filter, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    ...live,
  });

export const conversationQuery = (id: string) =>
  queryOptions({
    queryKey: keys.conversation(id),
    queryFn: async ({ signal }) => inOrder(await hub.conversation(id, signal)),
    ...live,
  });

/** The signed-in agent. Only for screens behind the session: the router loads it before they show. */
export function useMe(): MeView {
  const me = useQuery(meQuery).data;
  if (!me) {
    throw new Error('This screen needs a session.');
  }
  return me;
}

/** Whether I may do this; the hub checks each act again. */
export function useMay(permission: Permission): boolean {
  return useMe().permissions.includes(permission);
}

/** Whether I may change what of the built-in roles only administrators change, though supervisors may read it. */
export function useManages(permission: Permission): boolean {
  const { role, ownRole, permissions } = useMe();
  return role === 'admin' || (ownRole !== null && permissions.includes(permission));
}

const none: never[] = [];

export function useAgents(): AgentView[] {
  return useQuery(agentsQuery).data ?? none;
}

export function useQueues(): QueueView[] {
  return useQuery(queuesQuery).data ?? none;
}

/** The organisation's own names of states, those that are not offered any more as well. */
export function useStateNames(): TicketStateNameView[] {
  return useQuery(stateNamesQuery).data ?? none;
}
