import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { Preferences } from '#contract';

interface Kept extends Preferences {
  /** Whose these are: another account in this browser begins with its own. */
  owner: string | null;
  /** Notices of the system, in this browser only: it gives the permission. */
  desktop: boolean;
  /** Accounts that have them here. */
  desktopFor: string[];
}

/** Where the copy lies in the browser. */
const place = 'peyk.preferences';

/** What holds until the hub has said what the account likes. */
const before: Kept = {
  owner: null,
  desktop: false,
  desktopFor: [],
  sound: true,
  repeat: true,
  quiet: null,
  keys: 'single',
  undo: { email: 10, other: 0 },
  calendar: 'auto',
  digits: 'auto',
  density: 'comfortable',
  enterSends: false,
  afterResolve: 'stay',
};

/**
 * How this reader likes the console. The hub keeps it for the account; here lies a copy, so that the next page is right
 * from its first paint. `public/before-paint.js` reads the same place. To be changed by `useChangePreferences`.
 */
export const usePreferences = create<Kept>()(
  persist((): Kept => before, { name: place, version: 1, migrate: () => before }),
);

/** Takes over what the hub says of the account that is signed in. */
export function adoptPreferences(owner: string, preferences: Preferences): void {
  const { desktopFor } = usePreferences.getState();
  usePreferences.setState({ ...preferences, owner, desktop: desktopFor.includes(owner) });
}

/** Turns the system's notices on or off for whoever is signed in here. */
export function wishDesktop(wanted: boolean): void {
  const { owner, desktopFor } = usePreferences.getState();
  const others = desktopFor.filter((one) => one !== owner);
  usePreferences.setState({ desktop: wanted, desktopFor: wanted && owner !== null ? [...others, owner] : others });
}

/** Another window of this browser may have turned the notices on or off: what this one knew would be written over it. */
function hearOtherWindows(event: StorageEvent): void {
  const { owner, desktopFor } = usePreferences.getState();
  const theirs = event.key === place ? accountsIn(event.newValue) : null;
  // Only what differs is written, or two windows would answer one another for ever.
  if (owner !== null && theirs !== null && String(theirs) !== String(desktopFor)) {
    usePreferences.setState({ desktopFor: theirs, desktop: theirs.includes(owner) });
  }
}

function accountsIn(stored: string | null): string[] | null {
  try {
    const { state } = JSON.parse(stored ?? '') as { state: Partial<Kept> };
    return state.desktopFor ?? null;
  } catch {
    return null;
  }
}

function showDensity({ density }: Preferences): void {
  document.documentElement.dataset['density'] = density;
}

/** Keeps the page's own marks as its reader likes it. @returns how to stop */
export function followPreferences(): () => void {
  showDensity(usePreferences.getState());
  const unsubscribe = usePreferences.subscribe(showDensity);
  window.addEventListener('storage', hearOtherWindows);
  return () => {
    unsubscribe();
    window.removeEventListener('storage', hearOtherWindows);
  };
}
