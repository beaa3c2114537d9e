import type { CallbackView, Page, QueueWaitingView } from '#contract';
import { query, request } from './request.js';

/** Those who wait in queues, one line a call. */
export const waiting = {
  callbacksOf: (ticketId: string, signal?: AbortSignal) =>
    request<Page<CallbackView>>(`/callbacks${query({ ticketId })}`, { signal }),
  openCallbacks: (before: string | null, signal?: AbortSignal) =>
    request<Page<CallbackView>>(`/callbacks${query({ before })}`, { signal }),
  finishCallback: (id: string) => request<CallbackView>(`/callbacks/${id}/done`, { method: 'POST' }),
  cancelCallback: (id: string) => request<CallbackView>(`/callbacks/${id}/cancel`, { method: 'POST' }),

  terms: (queueId: string, signal?: AbortSignal) => request<QueueWaitingView>(`/queues/${queueId}/waiting`, { signal }),
  changeTerms: (queueId: string, terms: QueueWaitingView) =>
    request<QueueWaitingView>(`/queues/${queueId}/waiting`, { method: 'PUT', body: terms }),
};
