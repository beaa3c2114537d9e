import { create } from 'zustand';
import { persist } from 'zustand/middleware';

interface HiddenPanes {
  views: boolean;
  panel: boolean;
  toggle: (pane: 'views' | 'panel') => void;
}

/** Columns that this reader put away in this browser; a narrow window has them in drawers whatever stands here. */
export const useHiddenPanes = create<HiddenPanes>()(
  persist(
    (set): HiddenPanes => ({
      views: false,
      panel: false,
      toggle: (pane) => set((hidden) => ({ [pane]: !hidden[pane] })),
    }),
    { name: 'peyk.panes', partialize: ({ views, panel }) => ({ views, panel }) },
  ),
);
