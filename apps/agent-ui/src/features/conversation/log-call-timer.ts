import { useSyncExternalStore } from 'react';
import { useMe } from '../../api/queries.js';

/** A call that goes on now and is to be written down, by the person's conversation. `since` in ISO 8601. */
export interface CallTimer {
  /** Who speaks: nobody else at this browser sees it. */
  agent: string;
  conversation: string;
  since: string;
  address: string;
  direction: 'in' | 'out';
}

const place = 'peyk.call-timer';
const listeners = new Set<() => void>();
let known: { text: string | null; timer: CallTimer | null } = { text: null, timer: null };

/** Kept by the browser, so that a reload in the middle of a call loses nothing. */
function read(): CallTimer | null {
  const text = localStorage.getItem(place);
  if (text !== known.text) {
    known = { text, timer: parsed(text) };
  }
  return known.timer;
}

function parsed(text: string | null): CallTimer | null {
  try {
    const timer = JSON.parse(text ?? 'null') as CallTimer | null;
    return timer !== null && !Number.isNaN(Date.parse(timer.since)) ? timer : null;
  } catch {
    return null;
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  // Another tab of the same browser may have begun or ended it.
  window.addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('storage', listener);
  };
}

export function startCallTimer(timer: CallTimer): void {
  localStorage.setItem(place, JSON.stringify(timer));
  listeners.forEach((tell) => tell());
}

export function endCallTimer(): void {
  localStorage.removeItem(place);
  listeners.forEach((tell) => tell());
}

/** The timer that runs for a conversation; null when none does. */
export function useCallTimer(conversation: string): CallTimer | null {
  const { id } = useMe();
  const timer = useSyncExternalStore(subscribe, read);
  return timer?.conversation === conversation && timer.agent === id ? timer : null;
}
