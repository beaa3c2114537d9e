import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { LiveCallView } from '#contract';
import { keys } from '../../api/keys.js';
import { phone } from '../../api/phone.js';
import { useLive } from '../../live/live-context.js';
import { useLiveState } from '../../live/live-state.js';

const liveCallQuery = queryOptions({
  queryKey: keys.liveCall,
  queryFn: ({ signal }) => phone.live(signal),
  staleTime: Number.POSITIVE_INFINITY,
});

/** The call that the reader is in; nothing while they are in none, or it is not known. */
export function useLiveCall(): LiveCallView | null {
  return useQuery(liveCallQuery).data?.call ?? null;
}

/** Keeps it as the hub has it: asked anew when something is told that may have changed it, and when the link came back. */
export function useFollowLiveCall(): void {
  const { client } = useLive();
  const queries = useQueryClient();
  const isUp = useLiveState(({ link }) => link === 'up');
  useEffect(() => {
    const lookAgain = () => void queries.invalidateQueries({ queryKey: keys.liveCall });
    const forget = [
      client.hear('call.answered', lookAgain),
      client.hear('offer.ended', lookAgain),
      client.hear('load.changed', lookAgain),
      client.hear('ticket.assigned', lookAgain),
    ];
    return () => forget.forEach((stop) => stop());
  }, [client, queries]);
  useEffect(() => {
    if (isUp) {
      void queries.invalidateQueries({ queryKey: keys.liveCall });
    }
  }, [queries, isUp]);
}

/** Opens the conversation of a call as soon as the reader picks up their phone: their hands are busy. */
export function useScreenPop(): void {
  const { client } = useLive();
  const navigate = useNavigate();
  useEffect(
    () =>
      client.hear('call.answered', ({ conversationId: conversation, ticketId: ticket }) => {
        const search = ticket === null ? {} : { ticket };
        void navigate({ to: '/inbox/$view/$conversation', params: { view: 'mine', conversation }, search });
      }),
    [client, navigate],
  );
}
