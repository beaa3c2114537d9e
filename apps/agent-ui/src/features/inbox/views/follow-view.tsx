import { useInfiniteQuery, useQueryClient, type InfiniteData } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { ConversationChanges, ListRow, Page, ViewSort } from '#contract';
import { hub, type ListFilter } from '../../../api/hub.js';
import { keys } from '../../../api/keys.js';
import { listQuery } from '../../../api/queries.js';
import { useViewCounts } from '../../../api/views.js';
import { useLive } from '../../../live/live-context.js';
import { isSelected, type Selected } from '../selected.js';
import { keepOpen, placeMembers, sweepLeft } from './place-members.js';
import { hasLeft } from './shown-row.js';

/** So soon after something changed the hub is asked, about all that changed meanwhile. */
const askMs = 800;
/** It is asked at most this often: on a busy hub fifty consoles ask about the same tickets. */
const restMs = 3_000;
/** Counts come some seconds behind what is asked about at once: only what goes on differing is read anew. */
const differMs = 6_000;
/** More than this is too much to ask about one by one. */
const mostAsked = 100;

type Lists = InfiniteData<Page<ListRow>, string | null>;

interface Props {
  filter: ListFilter;
  sort: ViewSort;
  selected: Selected | null;
}

/** Keeps the lines of a view true whose members only the hub knows. Shows nothing itself. */
export function FollowView({ filter, sort, selected }: Props) {
  useMembers(filter, sort);
  useCountsThatDiffer(filter);
  useMovingOn(filter, selected);
  useStaying(filter, selected);
  return null;
}

function useMembers(filter: ListFilter, sort: ViewSort): void {
  const queries = useQueryClient();
  const { client } = useLive();
  useEffect(() => {
    const key = keys.list(filter);
    const waiting = new Set<string>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let askedAt = Number.NEGATIVE_INFINITY;
    const ask = async () => {
      timer = undefined;
      askedAt = performance.now();
      const asked = new Set(waiting);
      waiting.clear();
      if (asked.size > mostAsked) {
        void queries.invalidateQueries({ queryKey: key });
        return;
      }
      const found = await hub.rowsAmong(filter, [...asked]).catch(() => null);
      if (found) {
        queries.setQueryData<Lists>(
          key,
          (lists) => lists && { ...lists, pages: placeMembers(lists.pages, sort, { asked, members: found.rows }) },
        );
      } else {
        // Nobody knows what became of them: they are asked about with the next.
        asked.forEach((id) => waiting.add(id));
      }
    };
    const stop = client.hear('conversation.changes', (changes) => {
      const lists = queries.getQueryData<Lists>(key);
      ticketsOf(changes, lists).forEach((id) => waiting.add(id));
      if (waiting.size > 0) {
        timer ??= setTimeout(() => void ask(), Math.max(askMs, askedAt + restMs - performance.now()));
      }
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [queries, client, filter, sort]);
}

/** Tickets that a frame says something of: those that it names, and the lines whose conversation it is about. */
function ticketsOf({ tickets, person }: ConversationChanges, lists: Lists | undefined): string[] {
  const lines = lists?.pages.flatMap((page) => page.rows) ?? [];
  return [
    ...tickets.map(({ id }) => id),
    ...lines.filter(({ conversation }) => conversation === person).map(({ ticket }) => ticket.id),
  ];
}

/** Waits grow and promises come due without a frame: a count that no longer fits the whole list has it read anew. */
function useCountsThatDiffer(filter: ListFilter): void {
  const queries = useQueryClient();
  const count = useViewCounts()[filter.view];
  useEffect(() => {
    if (count === undefined || count.isMore || filter.queue !== null) {
      return undefined;
    }
    const timer = setTimeout(() => {
      const lists = queries.getQueryData<Lists>(keys.list(filter));
      const rows = lists?.pages.flatMap((page) => page.rows).filter((row) => !hasLeft(row));
      if (rows && lists?.pages.at(-1)?.next === null && rows.length !== count.count) {
        void queries.invalidateQueries({ queryKey: keys.list(filter) });
      }
    }, differMs);
    return () => clearTimeout(timer);
  }, [queries, count, filter]);
}

/** Whoever opens another line has seen what became of the one before. */
function useMovingOn(filter: ListFilter, selected: Selected | null): void {
  const queries = useQueryClient();
  const open = `${selected?.conversation ?? ''} ${selected?.ticket ?? ''}`;
  const latest = useRef(selected);
  useEffect(() => {
    latest.current = selected;
  });
  useEffect(() => {
    queries.setQueryData<Lists>(
      keys.list(filter),
      (lists) => lists && { ...lists, pages: sweepLeft(lists.pages, (row) => isSelected(row, latest.current)) },
    );
  }, [queries, filter, open]);
}

/** The list may be read anew at any time: the line that is open stays where it was, though the hub does not name it any more. */
function useStaying(filter: ListFilter, selected: Selected | null): void {
  const queries = useQueryClient();
  const { data } = useInfiniteQuery(listQuery(filter));
  const known = useRef<{ row: ListRow; at: number } | null>(null);
  useEffect(() => {
    const rows = data?.pages.flatMap((page) => page.rows) ?? [];
    const at = rows.findIndex((row) => isSelected(row, selected));
    const before = known.current;
    if (at >= 0) {
      known.current = { row: rows[at]!, at };
    } else if (data && before && isSelected(before.row, selected)) {
      queries.setQueryData<Lists>(
        keys.list(filter),
        (lists) => lists && { ...lists, pages: keepOpen(lists.pages, before) },
      );
    } else {
      known.current = null;
    }
  }, [queries, filter, selected, data]);
}
