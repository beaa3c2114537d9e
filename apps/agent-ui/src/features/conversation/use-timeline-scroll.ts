import { usePrevious } from '@mantine/hooks';
import { useCallback, useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent, type RefObject } from 'react';
import type { VListHandle } from 'virtua';
import type { TimelineItem } from './lay-timeline.js';

const nearEndPx = 60;
const nearStartPx = 500;
/** How long an entry that was gone to is kept in sight while those around it are measured. */
const settleMs = 1_000;
/** Pages that are read by themselves for a filter; further ones when the reader asks. */
const mostFillingPages = 5;

/**
 * Where the timeline stands. It follows the newest message while the reader is at the end, stays where they read
 * otherwise, and does not move when older messages are laid before.
 */
export function useTimelineScroll(items: readonly TimelineItem[], readOlder: () => void) {
  const list = useRef<VListHandle>(null);
  const follows = useRef(true);
  const lastOffset = useRef(0);
  const [isAtEnd, setIsAtEnd] = useState(true);
  const newest = items.at(-1)?.key;
  const [seenUpTo, setSeenUpTo] = useState(newest);
  // However the end is left, by the wheel, by a key or by a link: what came before that is no news.
  if (isAtEnd && seenUpTo !== newest) {
    setSeenUpTo(newest);
  }
  const shift = useIsPrepended(items);

  const toEnd = useCallback(() => {
    follows.current = true;
    list.current?.scrollToIndex(items.length - 1, { align: 'end' });
  }, [items.length]);

  /** Ends the following until the reader is back at the end. */
  const leaveEnd = useCallback(() => {
    follows.current = false;
    setIsAtEnd(false);
  }, []);

  useLayoutEffect(() => {
    if (follows.current) {
      toEnd();
    }
  }, [items, toEnd]);

  const onScroll = (offset: number) => {
    const atEnd = endIsWithin(list.current, offset);
    // What grows below also takes the end out of sight; only a reader who moves up stops following it.
    follows.current = atEnd || (follows.current && offset >= lastOffset.current);
    lastOffset.current = offset;
    setIsAtEnd(follows.current);
    if (follows.current) {
      return;
    }
    if (offset < nearStartPx) {
      readOlder();
    }
  };
  // Entries are measured after they are laid out, and grow when pictures load.
  const onResize = () => {
    if (follows.current) {
      toEnd();
    } else {
      onScroll(list.current?.scrollOffset ?? 0);
    }
  };
  const newBelow = isAtEnd ? 0 : countArrivals(items, seenUpTo);
  return { list, shift, isAtEnd, newBelow, onScroll, onResize, toEnd, leaveEnd };
}

type Scroll = Pick<ReturnType<typeof useTimelineScroll>, 'list' | 'onScroll' | 'onResize' | 'leaveEnd'>;

/**
 * Goes to an entry and keeps it in the middle for a moment: what is measured above and below it would push it out of sight, and what the
 * list still says of where it was must not count.
 */
export function usePinnedEntry({ list, onScroll, onResize, leaveEnd }: Scroll) {
  const pinned = useRef<number | null>(null);
  const hold = useCallback(() => {
    if (pinned.current !== null) {
      list.current?.scrollToIndex(pinned.current, { align: 'center' });
    }
  }, [list]);
  const toEntry = useCallback(
    (index: number) => {
      pinned.current = index;
      leaveEnd();
      hold();
      setTimeout(() => (pinned.current = null), settleMs);
    },
    [leaveEnd, hold],
  );
  return {
    toEntry,
    onScroll: (offset: number) => (pinned.current === null ? onScroll(offset) : undefined),
    onResize: () => (pinned.current === null ? onResize() : hold()),
  };
}

/**
 * Home and End of the timeline itself. Left to the browser, Home ends wherever the beginning was before the messages on the way were
 * measured.
 */
export function useEdgeKeys({ toStart, toEnd, readOlder }: Record<'toStart' | 'toEnd' | 'readOlder', () => void>) {
  return (event: KeyboardEvent<HTMLElement>): void => {
    const isPlain = !event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (event.target !== event.currentTarget || !isPlain || (event.key !== 'Home' && event.key !== 'End')) {
      return;
    }
    event.preventDefault();
    if (event.key === 'End') {
      toEnd();
      return;
    }
    toStart();
    readOlder();
  };
}

/** Where little passes a filter, what is here may not fill the room, and nobody can scroll to what lies before. */
export function useFilledView(
  list: RefObject<VListHandle | null>,
  items: readonly TimelineItem[],
  { isNeeded, older }: { isNeeded: boolean; older: { hasMore: boolean; isReading: boolean; read: () => void } },
): void {
  const pages = useRef(0);
  const { hasMore, isReading, read } = older;
  useEffect(() => {
    const { scrollSize = 0, viewportSize = 0 } = list.current ?? {};
    if (isNeeded && hasMore && !isReading && scrollSize <= viewportSize && pages.current < mostFillingPages) {
      pages.current += 1;
      read();
    }
  }, [list, items, isNeeded, hasMore, isReading, read]);
}

function endIsWithin(list: VListHandle | null, offset: number): boolean {
  return !list || list.scrollSize - list.viewportSize - offset < nearEndPx;
}

function countArrivals(items: readonly TimelineItem[], since: string | undefined): number {
  const from = items.findIndex(({ key }) => key === since);
  return items.slice(from + 1).filter((item) => item.kind === 'message' && item.message.direction === 'in').length;
}

/**
 * True in exactly the render that lays older messages before: the list then keeps its place from the end. A flag in
 * state would still be up in the next render, and the anchor would be lost.
 */
function useIsPrepended(items: readonly TimelineItem[]): boolean {
  const firstMessage = items.find(({ kind }) => kind === 'message')?.key;
  const before = usePrevious(firstMessage);
  return before !== undefined && before !== firstMessage && items.some(({ key }) => key === before);
}
