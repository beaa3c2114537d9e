import { useEffect } from 'react';
import { useLive } from './live-context.js';
import { useLiveState } from './live-state.js';

/** Tells teammates whether the reader has this page before them, for as long as the calling component shows. */
export function useSight(): void {
  const { client } = useLive();
  const isUp = useLiveState(({ link }) => link === 'up');
  useEffect(() => {
    const tell = () => client.look(document.visibilityState === 'hidden');
    if (isUp) {
      tell();
    }
    document.addEventListener('visibilitychange', tell);
    return () => document.removeEventListener('visibilitychange', tell);
  }, [client, isUp]);
}
