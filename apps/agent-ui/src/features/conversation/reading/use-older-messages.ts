import { useMutation } from '@tanstack/react-query';
import type { ConversationView, MessageView, Page } from '#contract';
import { hub } from '../../../api/hub.js';
import { byTime } from '../../../api/in-order.js';
import { foldOlderPage } from '../../../live/fold-messages.js';
import { useLive } from '../../../live/live-context.js';
import type { FindPlace } from './places.js';

/** The most that is read back in one go; it may be of years ago. */
const mostPages = 100;
const largestPage = 100;

export type OlderMessages = ReturnType<typeof useOlderMessages>;

/** What was said before what is here: a page of it, or all of it back to some message. */
export function useOlderMessages({ id, before }: Pick<ConversationView, 'id' | 'before'>) {
  const { cache } = useLive();
  const fold = (page: Page<MessageView>) => cache.change(id, (view) => foldOlderPage(view, page));
  const next = useMutation({ mutationFn: (cursor: string) => hub.olderMessages(id, cursor), onSuccess: fold });
  const back = useMutation({
    mutationFn: async ({ cursor, find }: { cursor: string; find: FindPlace }) => {
      const { page, found } = await readBack(id, cursor, find);
      fold(page);
      return found;
    },
  });
  const isReading = next.isPending || back.isPending;
  return {
    isReading,
    hasMore: before !== null,
    read: () => {
      if (before !== null && !isReading) {
        next.mutate(before);
      }
    },
    /** Reads back until the place is among them. Null where it is not there, or what is read does not come. */
    readBackTo: (find: FindPlace): Promise<string | null> =>
      before === null || isReading
        ? Promise.resolve(null)
        : back.mutateAsync({ cursor: before, find }).catch(() => null),
  };
}

async function readBack(
  id: string,
  from: string,
  find: FindPlace,
): Promise<{ page: Page<MessageView>; found: string | null }> {
  let rows: MessageView[] = [];
  let next: string | null = from;
  let found: string | null = null;
  for (let pages = 0; pages < mostPages && next !== null && found === null; pages++) {
    // Each page begins where the one before ended.
    // oxlint-disable-next-line no-await-in-loop
    const page: Page<MessageView> = await hub.olderMessages(id, next, largestPage);
    rows = [...rows, ...page.rows];
    ({ next } = page);
    found = find(rows.toSorted(byTime));
  }
  return { page: { rows, next }, found };
}
