import type { Page, QuarantinedEvent, SuppressionView } from '#contract';
import { request } from './request.js';

export const stoppedKeys = {
  quarantine: ['quarantine'] as const,
  suppressed: ['suppressed-addresses'] as const,
};

const behind = (next: string | null): string => (next === null ? '' : `?before=${encodeURIComponent(next)}`);

/** What was held back on its way in or out, one line a call. */
export const stopped = {
  quarantine: (next: string | null, signal?: AbortSignal) =>
    request<Page<QuarantinedEvent>>(`/quarantine${behind(next)}`, { signal }),
  retry: (id: string) => request<{ message: { conversation: string } }>(`/quarantine/${id}/retry`, { method: 'POST' }),
  discard: (id: string) => request<void>(`/quarantine/${id}`, { method: 'DELETE' }),
  raw: (id: string) => `/api/quarantine/${id}/raw`,
  suppressed: (next: string | null, signal?: AbortSignal) =>
    request<Page<SuppressionView>>(`/suppressed-addresses${behind(next)}`, { signal }),
  lift: (id: string) => request<void>(`/suppressed-addresses/${id}`, { method: 'DELETE' }),
};
