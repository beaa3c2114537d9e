import type { SearchAnswer } from '#contract';
import { query, request } from './request.js';

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Searches in what the reader may read. `before`: where the last page ended. */
export function searchFor(
  q: string,
  before: string | undefined,
  { limit = 30, signal }: { limit?: number; signal?: AbortSignal } = {},
): Promise<SearchAnswer> {
  return request<SearchAnswer>(`/search${query({ q, zone, limit: String(limit), before })}`, { signal });
}
