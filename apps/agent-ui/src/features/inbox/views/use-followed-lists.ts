import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import { keys } from '../../../api/keys.js';
import { useLive } from '../../../live/live-context.js';
import { useLiveState } from '../../../live/live-state.js';

/** While somebody looks, the hub tells how many are in each list, and when views come or go. A hidden page asks for nothing. */
export function useFollowedLists(): void {
  const queries = useQueryClient();
  const { client } = useLive();
  const isUp = useLiveState(({ link }) => link === 'up');
  const isSeen = useSyncExternalStore(hearSight, () => !document.hidden);
  useEffect(() => {
    const renew = () => void queries.invalidateQueries({ queryKey: keys.views });
    const stops = [
      client.hear('views.counts', (counts) => queries.setQueryData(keys.viewCounts, counts)),
      client.hear('views.changed', renew),
      client.hear('rights.changed', renew),
    ];
    return () => stops.forEach((stop) => stop());
  }, [queries, client]);
  useEffect(() => {
    if (!isUp || !isSeen) {
      return undefined;
    }
    client.watchViews(true);
    return () => client.watchViews(false);
  }, [client, isUp, isSeen]);
}

function hearSight(listener: () => void): () => void {
  document.addEventListener('visibilitychange', listener);
  return () => document.removeEventListener('visibilitychange', listener);
}
