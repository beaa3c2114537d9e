import { useCallback, useEffect, useState } from 'preact/hooks';
import type { VisitorStanding } from '#contract';
import type { FileAccess } from './attachment-link.js';
import type { FileTray } from './parts/file-tray.js';
import { loadParts, type Parts } from './use-parts.js';

interface Loaded {
  tray: FileTray;
  FileChips: Parts['FileChips'];
}

/** The files of the message that is being written. `add` says whether files are taken here at all. */
export function useTray(
  limits: VisitorStanding['files'],
  access: FileAccess,
): Partial<Loaded> & { add: (files: Iterable<File>) => boolean } {
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  const [, redraw] = useState(0);

  const add = useCallback(
    (files: Iterable<File>): boolean => {
      const list = [...files];
      if (!limits || list.length === 0) {
        return false;
      }
      void loadParts().then(({ FileTray: Tray, FileChips }) => {
        setLoaded((known) => {
          const tray = known?.tray ?? new Tray(access, () => redraw((count) => count + 1));
          tray.add(list, limits);
          return known ?? { tray, FileChips };
        });
      });
      return true;
    },
    [limits, access],
  );

  useEffect(() => () => loaded?.tray.clear(), [loaded]);
  return { ...loaded, add };
}
