import { usePrevious } from '@mantine/hooks';
import { useCallback, useLayoutEffect, useRef, useState } from 'react';
import type { VListHandle } from 'virtua';
import type { TimelineItem } from './lay-timeline.js';

const nearEndPx = 60;
const nearStartPx = 500;

/**
 * Where the timeline stands. It follows the newest message while the reader is at the end, stays where they read
 * otherwise, and does not move when older messages are laid before.
 */
export function useTimelineScroll(items: readonly TimelineItem[], readOlder: () => void) {
  const list = useRef<VListHandle>(null);
  const follows = useRef(true);
  const lastOffset = useRef(0);
  const [isAtEnd, setIsAtEnd] = useState(true);
  const [seenUpTo, setSeenUpTo] = useState(items.at(-1)?.key);
  const shift = useIsPrepended(items);

  const toEnd = useCallback(() => {
    follows.current = true;
    list.current?.scrollToIndex(items.length - 1, { align: 'end' });
  }, [items.length]);

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
    if (isAtEnd) {
      setSeenUpTo(items.at(-1)?.key);
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
  return { list, shift, isAtEnd, newBelow: isAtEnd ? 0 : countArrivals(items, seenUpTo), onScroll, onResize, toEnd };
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
