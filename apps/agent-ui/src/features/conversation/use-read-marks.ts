import { useEffect } from 'react';
import type { ConversationView } from '#contract';
import { hub } from '../../api/hub.js';
import { useLive } from '../../live/live-context.js';

const lookedAtMs = 1_000;

/** Marks a conversation read once its reader has had it before their eyes for a second. */
export function useReadMarks(view: ConversationView): void {
  const { cache } = useLive();
  const { id, parts, read, unread } = view;
  useEffect(() => {
    if (unread === 0) {
      return undefined;
    }
    const mark = () => {
      if (document.hidden || !document.hasFocus()) {
        return;
      }
      const upTo = parts
        .filter(({ conversation, lastSeq }) => lastSeq > (read[conversation] ?? 0))
        .map(({ conversation, lastSeq }) => ({ conversation, seq: lastSeq }));
      cache.markRead(id, upTo);
      // A mark that is lost is made again when the conversation is next opened.
      upTo.forEach((mark) => void hub.read(id, mark).catch(() => undefined));
    };
    const timer = setTimeout(mark, lookedAtMs);
    window.addEventListener('focus', mark);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('focus', mark);
    };
  }, [cache, id, parts, read, unread]);
}
