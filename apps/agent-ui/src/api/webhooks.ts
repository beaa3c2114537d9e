import type {
  ChannelTestView,
  Page,
  WebhookAttemptView,
  WebhookDeliveryView,
  WebhookSecretView,
  WebhookType,
  WebhookView,
} from '#contract';
import { query, request } from './request.js';

export interface WebhookDraft {
  name: string;
  url: string;
  types: WebhookType[];
  ordered: boolean;
  enabled: boolean;
  /** On switching on: whether what happened meanwhile is told as well. */
  catchUp?: boolean;
}

/** What a webhook's log is narrowed to. */
export type WebhookLogState = 'queued' | 'sent' | 'failed' | 'skipped';

/** Either one delivery, or those since an instant. */
export type Replay = { delivery: string } | { from: string; failedOnly: boolean };

const pageSize = 30;

/** Everything the console asks of the hub about webhooks, one line a call. */
export const webhooks = {
  list: (signal?: AbortSignal) => request<WebhookView[]>('/webhooks', { signal }),
  add: (draft: WebhookDraft) => request<WebhookSecretView>('/webhooks', { method: 'POST', body: draft }),
  change: (id: string, change: Partial<WebhookDraft>) =>
    request<WebhookView>(`/webhooks/${id}`, { method: 'PATCH', body: change }),
  remove: (id: string) => request<void>(`/webhooks/${id}`, { method: 'DELETE' }),
  rotate: (id: string) => request<WebhookSecretView>(`/webhooks/${id}/secret`, { method: 'POST' }),
  test: (id: string) => request<ChannelTestView>(`/webhooks/${id}/test`, { method: 'POST' }),
  deliveries: (id: string, state: WebhookLogState | null, before: string | null, signal?: AbortSignal) =>
    request<Page<WebhookDeliveryView>>(`/webhooks/${id}/deliveries${query({ state, before, limit: pageSize })}`, {
      signal,
    }),
  attempts: (id: string, delivery: string, signal?: AbortSignal) =>
    request<WebhookAttemptView[]>(`/webhooks/${id}/deliveries/${delivery}/attempts`, { signal }),
  replay: (id: string, what: Replay) =>
    request<{ replayed: number }>(`/webhooks/${id}/replay`, { method: 'POST', body: what }),
};
