import { useSyncExternalStore } from 'react';
import { createTickingClock } from '../../ui/ticking-clock.js';

const clock = createTickingClock(1_000, () => Date.now());

const atRest = () => () => undefined;

/** Whole seconds since an instant, moving each second; null while there is none. Never below 0: the reader's clock may be behind the hub's. */
export function useSeconds(since: string | null): number | null {
  const at = useSyncExternalStore(since === null ? atRest : clock.subscribe, clock.now);
  return since === null ? null : Math.max(0, Math.floor((at - new Date(since).getTime()) / 1_000));
}
