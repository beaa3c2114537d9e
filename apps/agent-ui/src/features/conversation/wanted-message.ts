import { useSearch } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { create } from 'zustand';
import type { ConversationView } from '#contract';
import type { TimelineItem } from './lay-timeline.js';
import { focusEntry } from './reading/focus-entry.js';

/** A message that the reader asked to be shown, in the person's conversation that it is of. */
interface Wanted {
  conversation: string;
  message: string;
}

const useWanted = create<{ wanted: Wanted | null; shown: string | null }>()(() => ({ wanted: null, shown: null }));

/** Has the timeline of a conversation go to one of its messages, as soon as it is there. */
export function showMessage(wanted: Wanted): void {
  useWanted.setState({ wanted, shown: null });
}

/** Goes to the message that the address names, when it is opened and when another is named. */
export function useLinkedMessage(conversation: string): void {
  const { message } = useSearch({ strict: false });
  useEffect(() => {
    if (message !== undefined) {
      showMessage({ conversation, message });
    }
  }, [conversation, message]);
}

interface Ways {
  toEntry: (index: number) => void;
  /** Ends whatever hides messages. */
  showAll: () => void;
  older: {
    isReading: boolean;
    readBackTo: (find: (messages: readonly { id: string }[]) => string | null) => Promise<string | null>;
  };
}

/**
 * Goes to the message that is wanted of this conversation; older messages are read until it is among them. Gives the id of the one that
 * was gone to last, so that it can be told from its neighbours.
 */
export function useWantedMessage(
  { id, messages }: ConversationView,
  items: readonly TimelineItem[],
  { toEntry, showAll, older }: Ways,
): string | null {
  const { wanted, shown } = useWanted();
  const message = wanted?.conversation === id ? wanted.message : null;
  const { isReading, readBackTo } = older;
  const sought = useRef<string | null>(null);
  useEffect(() => {
    if (message === null) {
      return;
    }
    const at = items.findIndex((item) => holds(item, message));
    const key = items[at]?.key;
    if (key !== undefined) {
      toEntry(at);
      focusEntry(key);
      sought.current = null;
      useWanted.setState({ wanted: null, shown: key });
    } else if (messages.some((one) => one.id === message)) {
      showAll();
    } else if (!isReading && sought.current !== message) {
      sought.current = message;
      void readBackTo((rows) => rows.find((one) => one.id === message)?.id ?? null).then((found) => {
        if (found === null) {
          sought.current = null;
          useWanted.setState({ wanted: null });
        }
      });
    }
  }, [message, items, messages, toEntry, showAll, isReading, readBackTo]);
  return shown;
}

function holds(item: TimelineItem, message: string): boolean {
  return item.kind === 'keys'
    ? item.messages.some(({ id }) => id === message)
    : item.kind === 'message' && item.message.id === message;
}
