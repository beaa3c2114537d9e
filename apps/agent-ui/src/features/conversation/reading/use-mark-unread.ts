import type { ConversationView } from '#contract';
import { reading } from '../../../api/reading.js';
import { useLive } from '../../../live/live-context.js';
import { useAction } from '../../../ui/use-action.js';
import { keepUnread, letBeRead } from './kept-unread.js';

/** Makes everything from a message on unread to the reader again. It stays so until they come back to the conversation. */
export function useMarkUnread({ id }: Pick<ConversationView, 'id'>): (message: string) => void {
  const { cache } = useLive();
  const mark = useAction(
    (message: string) => {
      keepUnread(id, message);
      return reading.unread(id, message).catch((error: unknown) => {
        letBeRead(id);
        throw error;
      });
    },
    (marks) => cache.markUnread(id, marks),
  );
  return mark.mutate;
}
