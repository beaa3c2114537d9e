import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { LoadView } from '#contract';
import { keys } from '../../api/keys.js';
import { routing } from '../../api/routing.js';
import { useLive } from '../../live/live-context.js';
import { useLiveState } from '../../live/live-state.js';

/** Frames keep it fresh; a link that came back asks anew. */
const loadQuery = queryOptions({
  queryKey: keys.load,
  queryFn: ({ signal }) => routing.load(signal),
  staleTime: Number.POSITIVE_INFINITY,
});

/** What the reader holds and how much more they are given; nothing while it is not known. */
export function useLoad(): LoadView | undefined {
  return useQuery(loadQuery).data;
}

/** Keeps it as the hub has it while the calling component shows. */
export function useFollowLoad(): void {
  const { client } = useLive();
  const queries = useQueryClient();
  const isUp = useLiveState(({ link }) => link === 'up');
  useEffect(
    () => client.hear('load.changed', (load) => queries.setQueryData<LoadView>(keys.load, load)),
    [client, queries],
  );
  useEffect(() => {
    if (isUp) {
      void queries.invalidateQueries({ queryKey: keys.load });
    }
  }, [queries, isUp]);
}
