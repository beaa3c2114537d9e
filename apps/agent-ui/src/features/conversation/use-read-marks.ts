import { useEffect } from 'react';
import type { ConversationView } from '#contract';
import { hub } from '../../api/hub.js';
import { useLive } from '../../live/live-context.js';
import { letBeRead, useKeptUnread } from './reading/kept-unread.js';

const lookedAtMs = 1_000;

/** Marks a conversation read once its reader has had it before their eyes for a second on end, unless they want it unread. */
export function useReadMarks(view: ConversationView): void {
  const { cache } = useLive();
  const { id, parts, read, unread } = view;
  const isKept = useKeptUnread((kept) => kept[id] !== undefined);
  useEffect(() => () => letBeRead(id), [id]);
  useEffect(() => {
    if (unread === 0 || isKept) {
      return undefined;
    }
    return afterLook(lookedAtMs, () => {
      const upTo = parts
        .filter(({ conversation, lastSeq }) => lastSeq > (read[conversation] ?? 0))
        .map(({ conversation, lastSeq }) => ({ conversation, seq: lastSeq }));
      cache.markRead(id, upTo);
      // A mark that is lost is made again when the conversation is next opened.
      upTo.forEach((mark) => void hub.read(id, mark).catch(() => undefined));
    });
  }, [cache, id, parts, read, unread, isKept]);
}

/** Runs once the page has been visible and focused for so long on end. @returns what gives up on it. */
function afterLook(ms: number, run: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const look = () => {
    clearTimeout(timer);
    timer = !document.hidden && document.hasFocus() ? setTimeout(run, ms) : undefined;
  };
  const turns = ['focus', 'blur', 'visibilitychange'];
  // What a document hears of its visibility comes through its window as well.
  turns.forEach((turn) => window.addEventListener(turn, look));
  look();
  return () => {
    clearTimeout(timer);
    turns.forEach((turn) => window.removeEventListener(turn, look));
  };
}
