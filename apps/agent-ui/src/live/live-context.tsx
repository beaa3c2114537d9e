import { useQueryClient } from '@tanstack/react-query';
import { createContext, useContext, useEffect, useMemo, type ReactNode } from 'react';
import { LiveCache } from './live-cache.js';
import { LiveClient, type LiveNews } from './live-client.js';

const Live = createContext<{ client: LiveClient; cache: LiveCache } | null>(null);

/** Keeps the socket open while the agent is signed in. */
export function LiveProvider({ news, children }: { news: LiveNews; children: ReactNode }) {
  const queries = useQueryClient();
  const live = useMemo(() => {
    const cache = new LiveCache(queries);
    return { client: new LiveClient(cache), cache };
  }, [queries]);
  useEffect(() => live.client.tell(news), [live, news]);
  useEffect(() => {
    live.client.start();
    return () => live.client.stop();
  }, [live]);
  return <Live value={live}>{children}</Live>;
}

export function useLive(): { client: LiveClient; cache: LiveCache } {
  const live = useContext(Live);
  if (!live) {
    throw new Error('The live client is started by the shell.');
  }
  return live;
}
