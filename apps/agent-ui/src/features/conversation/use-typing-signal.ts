import { useCallback, useEffect, useRef } from 'react';
import { useLive } from '../../live/live-context.js';

const repeatMs = 3_000;
const idleMs = 4_000;

/** Says that the reader writes: at most once in three seconds, and that they stopped after four of silence. */
export function useTypingSignal(person: string): { typed: () => void; stopped: () => void } {
  const { client } = useLive();
  const lastSaid = useRef(0);
  const idle = useRef<ReturnType<typeof setTimeout>>(undefined);

  const stopped = useCallback(() => {
    clearTimeout(idle.current);
    if (lastSaid.current > 0) {
      lastSaid.current = 0;
      client.typing(person, false);
    }
  }, [client, person]);

  const typed = useCallback(() => {
    if (Date.now() - lastSaid.current > repeatMs) {
      lastSaid.current = Date.now();
      client.typing(person, true);
    }
    clearTimeout(idle.current);
    idle.current = setTimeout(stopped, idleMs);
  }, [client, person, stopped]);

  useEffect(() => stopped, [stopped]);
  return { typed, stopped };
}
