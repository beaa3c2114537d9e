const lock = 'peyk.sound';

/**
 * Of all windows of this browser one rings: the first that the browser lets ring, and when it closes the next. @returns how to stand down.
 * Where the browser has no locks (it gives them to secure pages only) it is the window that was last in front.
 */
export function leadSound(tell: (leads: boolean) => void): () => void {
  const { locks } = navigator as Partial<Pick<Navigator, 'locks'>>;
  return locks ? leadByLock(locks, tell) : leadByFront(tell);
}

function leadByLock(locks: LockManager, tell: (leads: boolean) => void): () => void {
  const stop = new AbortController();
  const left = new Promise<void>((resolve) => stop.signal.addEventListener('abort', () => resolve()));
  const lead = () => {
    tell(true);
    return left;
  };
  // Standing down before one's turn came is no failure.
  locks.request(lock, { signal: stop.signal }, lead).catch(() => undefined);
  return () => stop.abort();
}

function leadByFront(tell: (leads: boolean) => void): () => void {
  const own = String(Math.random());
  const come = () => {
    localStorage.setItem(lock, own);
    tell(true);
  };
  const yieldTo = ({ key, newValue }: StorageEvent) => {
    if (key === lock && newValue !== own) {
      tell(false);
    }
  };
  come();
  window.addEventListener('focus', come);
  window.addEventListener('storage', yieldTo);
  return () => {
    window.removeEventListener('focus', come);
    window.removeEventListener('storage', yieldTo);
  };
}
