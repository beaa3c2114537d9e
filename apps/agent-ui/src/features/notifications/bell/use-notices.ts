import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect } from 'react';
import type { NoticesFrame, NoticeView } from '#contract';
import { keys } from '../../../api/keys.js';
import { notices } from '../../../api/notices.js';
import { useLive } from '../../../live/live-context.js';
import { useLiveState } from '../../../live/live-state.js';

/** How many notices are unread: asked for whenever the link came up, and told by frames. */
export function useUnreadNotices(): number {
  const { client } = useLive();
  const queries = useQueryClient();
  const isUp = useLiveState(({ link }) => link === 'up');
  const { data } = useQuery({
    queryKey: keys.unreadNotices,
    queryFn: ({ signal }) => notices.unread(signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
  useEffect(
    () =>
      client.hear('notices.changed', (frame) => {
        queries.setQueryData<NoticesFrame>(keys.unreadNotices, frame);
        void queries.invalidateQueries({ queryKey: keys.notices });
      }),
    [client, queries],
  );
  useEffect(() => {
    if (isUp) {
      void queries.invalidateQueries({ queryKey: keys.unreadNotices });
    }
  }, [isUp, queries]);
  return data?.unread ?? 0;
}

export function useNoticePages() {
  return useInfiniteQuery({
    queryKey: keys.notices,
    queryFn: ({ pageParam, signal }) => notices.page(pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    staleTime: 0,
  });
}

/** Marks as read: at once here, and on the hub as soon as it answers. A failure shows by what it says the next time. */
export function useReadNotices() {
  const queries = useQueryClient();
  return useCallback(
    (which: { ids?: string[]; conversation?: string }) => {
      queries.setQueryData<ReturnType<typeof useNoticePages>['data']>(
        keys.notices,
        (found) =>
          found && {
            ...found,
            pages: found.pages.map((page) => ({ ...page, rows: page.rows.map((row) => markedBy(row, which)) })),
          },
      );
      void notices.read(which).then(
        (frame) => queries.setQueryData<NoticesFrame>(keys.unreadNotices, frame),
        () => undefined,
      );
    },
    [queries],
  );
}

function markedBy(row: NoticeView, { ids, conversation }: { ids?: string[]; conversation?: string }): NoticeView {
  const isMeant =
    (ids === undefined || ids.includes(row.id)) &&
    (conversation === undefined || row.about?.conversation === conversation);
  return isMeant ? { ...row, isRead: true } : row;
}
