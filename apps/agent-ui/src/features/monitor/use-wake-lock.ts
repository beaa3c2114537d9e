import { useEffect } from 'react';

/** Keeps the screen on while this is shown, where the browser can; one that was hidden meanwhile asks again. */
export function useWakeLock(): void {
  useEffect(() => {
    let lock: WakeLockSentinel | null = null;
    let isOver = false;
    const hold = async () => {
      if (!('wakeLock' in navigator) || document.visibilityState !== 'visible') {
        return;
      }
      // A battery that runs low may refuse it: the wall goes on without.
      const held = await navigator.wakeLock.request('screen').catch(() => null);
      lock = held;
      if (isOver) {
        void held?.release();
      }
    };
    const look = () => void hold();
    void hold();
    document.addEventListener('visibilitychange', look);
    return () => {
      isOver = true;
      document.removeEventListener('visibilitychange', look);
      void lock?.release();
    };
  }, []);
}
