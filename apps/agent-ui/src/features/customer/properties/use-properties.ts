import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { FieldValue, TicketView } from '#contract';
import { keys } from '../../../api/keys.js';
import { properties, type SnoozeWish } from '../../../api/properties.js';
import { useLive } from '../../../live/live-context.js';
import { useAction } from '../../../ui/use-action.js';

/** What a ticket's card shows that its row does not hold; asked anew when the ticket changes, or who follows it. */
export function useProperties({ id, version }: TicketView) {
  const { client } = useLive();
  const queries = useQueryClient();
  useEffect(
    () =>
      client.hear('ticket.followed', ({ ticketId }) => {
        if (ticketId === id) {
          void queries.invalidateQueries({ queryKey: keys.everyProperties });
        }
      }),
    [client, queries, id],
  );
  return useQuery({
    queryKey: keys.properties(id, version),
    queryFn: ({ signal }) => properties.of(id, signal),
    placeholderData: (known) => known,
  }).data;
}

export function useTicketFields() {
  return useQuery({ queryKey: keys.ticketFields, queryFn: ({ signal }) => properties.fields(signal) }).data;
}

/** What an agent does with a ticket's properties; the hub's answer is shown at once. */
export function usePropertyActions(ticket: TicketView, person: string) {
  const { cache } = useLive();
  const queries = useQueryClient();
  const put = (changed: TicketView) => cache.putTicket(person, changed);
  const refresh = () => {
    void queries.invalidateQueries({ queryKey: keys.everyProperties });
    cache.refetch(keys.everyList);
  };
  const setFields = useAction(
    (values: Record<string, FieldValue | null>) => properties.setFields(ticket.id, values),
    put,
  );
  const snooze = useAction((until: SnoozeWish) => properties.snooze(ticket.id, until), put);
  const wake = useAction(() => properties.wake(ticket.id), put);
  const markSpam = useAction((block: boolean) => properties.markSpam(ticket.id, block), put);
  const unmarkSpam = useAction(() => properties.unmarkSpam(ticket.id), put);
  const follow = useAction(
    ({ agent, follows }: { agent: string; follows: boolean }) => properties.follow(ticket.id, agent, follows),
    refresh,
  );
  return {
    setField: (key: string, value: FieldValue | null) => setFields.mutate({ [key]: value }),
    snooze: snooze.mutate,
    wake: () => wake.mutate(undefined),
    markSpam: markSpam.mutate,
    unmarkSpam: () => unmarkSpam.mutate(undefined),
    follow: (agent: string, follows: boolean) => follow.mutate({ agent, follows }),
    isBusy: [setFields, snooze, wake, markSpam, unmarkSpam, follow].some(({ isPending }) => isPending),
  };
}

export type PropertyActions = ReturnType<typeof usePropertyActions>;
