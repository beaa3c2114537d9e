import { useCallback } from 'react';
import { hub } from '../../api/hub.js';
import { useLive } from '../../live/live-context.js';
import { useProblemText } from '../../ui/problem-text.js';
import { putInOutbox, takeFromOutbox, type Waiting } from './outbox.js';

/** The last send of each conversation: the next one waits for it, so that messages keep the order they were written in. */
const lines = new Map<string, Promise<void>>();

/** Sends a message and shows it at once; it leaves the outbox when the hub has it, and says so when it does not. */
export function useSend(): (one: Waiting) => Promise<void> {
  const { cache } = useLive();
  const problemText = useProblemText();
  return useCallback(
    (one) => {
      putInOutbox({ ...one, state: 'sending', problem: null });
      const deliver = async () => {
        try {
          cache.putMessages(one.person, [await hub.send(one.person, one.message)]);
          takeFromOutbox(one.message.id);
        } catch (error) {
          putInOutbox({ ...one, state: 'failed', problem: problemText(error) });
        }
      };
      const line = (lines.get(one.person) ?? Promise.resolve()).then(deliver);
      lines.set(one.person, line);
      return line;
    },
    [cache, problemText],
  );
}
