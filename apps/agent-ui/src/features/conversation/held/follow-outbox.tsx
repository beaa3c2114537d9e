import { useCallback, useEffect } from 'react';
import { useSession } from '../../../api/session-state.js';
import { useTexts } from '../../../i18n/use-texts.js';
import { useLiveState } from '../../../live/live-state.js';
import { hearWindows, learnFromWindows, outboxOf } from '../outbox.js';
import { isInFlight, useFlush } from '../use-send.js';

/** Where the link seems up and an answer did not come all the same. */
const againMs = 10_000;

/**
 * Sends what waited for a link as soon as there is one, in whatever page its writer is by then. Of several windows one does it; the others
 * see it go. Shows nothing itself.
 */
export function FollowOutbox() {
  const flush = useFlush();
  // Said without a link, so they are learned while there is one.
  useTexts('sending');
  const isUp = useLiveState(({ link, storage }) => link === 'up' && storage === 'up');
  const isOver = useSession((session) => session.isOver);
  const flushAll = useCallback(() => void alone(() => sendWaiting(flush)), [flush]);
  useEffect(() => hearWindows(() => learnFromWindows(isInFlight)), []);
  useEffect(() => {
    if (isUp && !isOver) {
      flushAll();
    }
  }, [isUp, isOver, flushAll]);
  useEffect(() => {
    const timer = setInterval(flushAll, againMs);
    window.addEventListener('online', flushAll);
    return () => {
      clearInterval(timer);
      window.removeEventListener('online', flushAll);
    };
  }, [flushAll]);
  return null;
}

async function sendWaiting(flush: (person: string) => Promise<void>): Promise<void> {
  learnFromWindows(isInFlight);
  const waits = outboxOf().filter(
    ({ state, isHeld }) => isHeld !== true && (state === 'waiting' || state === 'sending'),
  );
  await Promise.all([...new Set(waits.map(({ person }) => person))].map(flush));
}

/** In one window at a time. Without locks the hub still tells one message from two by its id. */
async function alone(work: () => Promise<void>): Promise<void> {
  if (!('locks' in navigator)) {
    await work();
    return;
  }
  await navigator.locks.request('peyk.outbox', { ifAvailable: true }, (lock) => (lock ? work() : undefined));
}
