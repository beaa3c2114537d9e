import { create } from 'zustand';
import { persist } from 'zustand/middleware';

interface Preferences {
  sound: boolean;
  desktop: boolean;
  /** WCAG 2.1.4: shortcuts of one letter can be turned off. */
  singleKeys: boolean;
}

/** How this reader likes this browser. */
export const usePreferences = create<Preferences>()(
  persist((): Preferences => ({ sound: true, desktop: false, singleKeys: true }), { name: 'peyk.preferences' }),
);
