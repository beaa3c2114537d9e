import { useEffect, useRef } from 'react';
import { create } from 'zustand';
import type { TimelineItem } from './lay-timeline.js';

/** A message that the reader asked to be shown, in the person's conversation that it is of. */
interface Wanted {
  conversation: string;
  message: string;
}

/** Pages that are read back for a message, and no more: it may be of years ago, and a page may not come. */
const mostPages = 40;

const useWanted = create<{ wanted: Wanted | null; shown: string | null }>()(() => ({ wanted: null, shown: null }));

/** Has the timeline of a conversation go to one of its messages, as soon as it is there. */
export function showMessage(wanted: Wanted): void {
  useWanted.setState({ wanted, shown: null });
}

interface Older {
  hasMore: boolean;
  isReading: boolean;
  read: () => void;
}

/**
 * Goes to the message that is wanted of this conversation; older messages are read until it is among them. Gives the id of the one that
 * was gone to last, so that it can be told from its neighbours.
 */
export function useWantedMessage(
  conversation: string,
  items: readonly TimelineItem[],
  { toEntry, older }: { toEntry: (index: number) => void; older: Older },
): string | null {
  const { wanted, shown } = useWanted();
  const message = wanted?.conversation === conversation ? wanted.message : null;
  const { hasMore, isReading, read } = older;
  const pages = useRef(0);
  useEffect(() => {
    if (message === null) {
      pages.current = 0;
      return;
    }
    const at = items.findIndex((item) => item.kind === 'message' && item.message.id === message);
    if (at >= 0) {
      toEntry(at);
      useWanted.setState({ wanted: null, shown: message });
    } else if (!hasMore || pages.current >= mostPages) {
      useWanted.setState({ wanted: null });
    } else if (!isReading) {
      pages.current += 1;
      read();
    }
  }, [message, items, toEntry, hasMore, isReading, read]);
  return shown;
}
