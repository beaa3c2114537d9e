import { queryOptions, useQuery } from '@tanstack/react-query';
import type { SavedView, ViewCounts, ViewFilter, ViewPreview, ViewSort } from '#contract';
import { keys } from './keys.js';
import { request } from './request.js';

/** A saved view as its maker writes it. */
export interface ViewDraft {
  name: string;
  filter: ViewFilter;
  sort: ViewSort;
  sharedWith: SavedView['sharedWith'];
}

/** Everything the console asks of the hub about saved views, one line a call. */
export const views = {
  list: (signal?: AbortSignal) => request<SavedView[]>('/views', { signal }),
  preview: (draft: Pick<ViewDraft, 'filter' | 'sort'>, signal?: AbortSignal) =>
    request<ViewPreview>('/views/preview', { method: 'POST', body: draft, signal }),
  /** Under the id of one that was removed it comes back at its address. */
  add: (draft: ViewDraft & { id: string }) =>
    request<SavedView>('/views', { method: 'POST', body: draft, key: crypto.randomUUID() }),
  change: (id: string, change: Partial<ViewDraft> & { version: number }) =>
    request<SavedView>(`/views/${id}`, { method: 'PATCH', body: change }),
  order: (ids: readonly string[]) => request<void>('/views/order', { method: 'PUT', body: { ids } }),
  remove: (id: string) => request<void>(`/views/${id}`, { method: 'DELETE' }),
};

/** Told by the socket when they change. */
export const viewsQuery = queryOptions({
  queryKey: keys.views,
  queryFn: ({ signal }) => views.list(signal),
  staleTime: Number.POSITIVE_INFINITY,
});

const none: never[] = [];

export function useSavedViews(): SavedView[] {
  return useQuery(viewsQuery).data ?? none;
}

/** Only sockets tell them: nothing is asked for here. */
const countsQuery = queryOptions<ViewCounts>({
  queryKey: keys.viewCounts,
  queryFn: () => ({}),
  enabled: false,
  staleTime: Number.POSITIVE_INFINITY,
});

/** How many are in each list; nothing until the hub has counted. */
export function useViewCounts(): ViewCounts {
  return useQuery(countsQuery).data ?? {};
}
