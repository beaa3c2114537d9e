import { useEffect, useRef } from 'react';
import { useMe } from '../../../api/queries.js';
import { usePreferences } from '../../../ui/preferences.js';
import { play } from '../../../ui/sound.js';
import type { WaitingTicket } from './waiting-work.js';

const againMs = 20_000;

/** Rings when something comes to wait, and again until somebody has taken it. Null: it is not known yet. Who takes no new work now is left alone. */
export function useWaitingRing(loud: readonly WaitingTicket[] | null, tell: (ticket: WaitingTicket) => void): void {
  const isOpen = useMe().status === 'online';
  const { repeat } = usePreferences();
  const known = useRef<ReadonlySet<string> | null>(null);
  useEffect(() => {
    if (loud === null) {
      return;
    }
    const before = known.current;
    const news = loud.filter(({ id }) => !before?.has(id));
    known.current = new Set(loud.map(({ id }) => id));
    if (isOpen && news.length > 0) {
      play('work');
      // What waited before the page came is rung for, and told by the bell alone.
      news.filter(() => before !== null).forEach(tell);
    }
  }, [loud, tell, isOpen]);
  const isWaiting = loud !== null && loud.length > 0 && isOpen && repeat;
  useEffect(() => {
    const timer = isWaiting ? setInterval(() => play('work'), againMs) : undefined;
    return () => clearInterval(timer);
  }, [isWaiting]);
}
