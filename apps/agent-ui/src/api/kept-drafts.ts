import type { DraftView } from '#contract';
import type { WritingKind } from './drafts.js';
import { query, request } from './request.js';

/** Drafts as the hub keeps them, one line a call. */
export const keptDrafts = {
  list: () => request<DraftView[]>('/me/drafts'),
  keep: (
    conversation: string,
    draft: { kind: WritingKind; content: object; window: string; joined?: boolean | undefined },
  ) => request<void>(`/conversations/${conversation}/draft`, { method: 'PUT', body: draft }),
  drop: (conversation: string, place: { kind: WritingKind; window: string }) =>
    request<void>(`/conversations/${conversation}/draft${query({ ...place })}`, { method: 'DELETE' }),
};
