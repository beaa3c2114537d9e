import { useCallback, useState } from 'react';
import type { ConversationView } from '#contract';
import { countHidden, isFiltered, noFilter, type MessageFilter } from './message-filter.js';

/** What of a conversation its reader chose to see, and what that keeps from them. */
export function useFilter({ messages }: ConversationView) {
  const [{ filter, lastSeen }, setChosen] = useState<{ filter: MessageFilter; lastSeen: string | undefined }>({
    filter: noFilter,
    lastSeen: undefined,
  });
  const newest = messages.at(-1)?.id;
  const change = useCallback(
    (next: Partial<MessageFilter>) =>
      setChosen((chosen) => ({ filter: { ...chosen.filter, ...next }, lastSeen: newest })),
    [newest],
  );
  const showAll = useCallback(() => setChosen({ filter: noFilter, lastSeen: undefined }), []);
  const hidden = isFiltered(filter) ? countHidden(messages, filter, lastSeen) : { all: 0, news: 0 };
  return { filter, change, showAll, hidden };
}

export type Filtering = ReturnType<typeof useFilter>;
