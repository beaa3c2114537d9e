import type { RefObject } from 'react';
import type { VListHandle } from 'virtua';
import { useCommand } from '../../../ui/commands.js';
import type { TimelineItem } from '../lay-timeline.js';
import { focusedEntry, focusEntry } from './focus-entry.js';

const isMessage = (item: TimelineItem): boolean =>
  item.kind === 'waiting' || (item.kind === 'message' && item.message.kind !== 'event');

/** Alt with the arrows goes from message to message; from anywhere else it begins at the newest. */
export function useMessageWalk(items: readonly TimelineItem[], list: RefObject<VListHandle | null>): void {
  const goTo = (index: number) => {
    const item = items[index];
    if (item) {
      list.current?.scrollToIndex(index, { align: 'nearest' });
      focusEntry(item.key);
    }
  };
  const focused = () => {
    const key = focusedEntry();
    return key === undefined ? -1 : items.findIndex((item) => item.key === key);
  };
  useCommand('messageUp', () => {
    const at = focused();
    goTo(items.findLastIndex((item, index) => isMessage(item) && (at < 0 || index < at)));
  });
  useCommand('messageDown', () => {
    const at = focused();
    goTo(at < 0 ? items.findLastIndex(isMessage) : items.findIndex((item, index) => isMessage(item) && index > at));
  });
}
