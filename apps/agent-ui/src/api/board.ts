import { queryOptions } from '@tanstack/react-query';
import type { BoardMeasure, BoardThreshold, BoardView } from '#contract';
import { keys } from './keys.js';
import { request } from './request.js';

/** A limit as its maker writes it. */
export interface ThresholdDraft {
  queueId: string | null;
  measure: BoardMeasure;
  limit: number;
  forSeconds: number;
}

/** Everything the console asks of the hub about the live board, one line a call. */
export const board = {
  read: (signal?: AbortSignal) => request<BoardView>('/board', { signal }),
  setThreshold: (draft: ThresholdDraft) => request<BoardThreshold>('/board/thresholds', { method: 'PUT', body: draft }),
  removeThreshold: (id: string) => request<void>(`/board/thresholds/${id}`, { method: 'DELETE' }),
};

/** For the first paint: from then on sockets tell it. */
export const boardQuery = queryOptions({
  queryKey: keys.board,
  queryFn: ({ signal }) => board.read(signal),
  gcTime: 0,
});
