import type {
  FieldValue,
  QueueTicketsView,
  TagView,
  TicketFieldView,
  TicketPropertiesView,
  TicketView,
} from '#contract';
import { query, request } from './request.js';

/** Until when a ticket sleeps: one of the three. */
export type SnoozeWish = { at: string } | { workDays: number } | { reply: true };

export type FieldDraft = Omit<TicketFieldView, 'id' | 'isRetired' | 'version'>;

/** What tickets carry besides their state, one line a call. */
export const properties = {
  of: (ticket: string, signal?: AbortSignal) =>
    request<TicketPropertiesView>(`/tickets/${ticket}/properties`, { signal }),
  setFields: (ticket: string, values: Record<string, FieldValue | null>) =>
    request<TicketView>(`/tickets/${ticket}/fields`, { method: 'PUT', body: { values } }),
  snooze: (ticket: string, until: SnoozeWish) =>
    request<TicketView>(`/tickets/${ticket}/snooze`, { method: 'PUT', body: { until } }),
  wake: (ticket: string) => request<TicketView>(`/tickets/${ticket}/snooze`, { method: 'DELETE' }),
  follow: (ticket: string, agent: string, follows: boolean) =>
    request<void>(`/tickets/${ticket}/followers/${agent}`, { method: follows ? 'PUT' : 'DELETE' }),
  markSpam: (ticket: string, block: boolean) =>
    request<TicketView>(`/tickets/${ticket}/spam`, { method: 'POST', body: { block } }),
  unmarkSpam: (ticket: string) => request<TicketView>(`/tickets/${ticket}/spam`, { method: 'DELETE' }),

  fields: (signal?: AbortSignal) => request<TicketFieldView[]>('/ticket-fields', { signal }),
  addField: (draft: FieldDraft) => request<TicketFieldView>('/ticket-fields', { method: 'POST', body: draft }),
  changeField: (
    id: string,
    change: Partial<Omit<FieldDraft, 'key' | 'kind'>> & { version: number; isRetired?: boolean },
  ) => request<TicketFieldView>(`/ticket-fields/${id}`, { method: 'PATCH', body: change }),
  removeField: (id: string) => request<void>(`/ticket-fields/${id}`, { method: 'DELETE' }),

  tags: (q: string | null, signal?: AbortSignal) => request<TagView[]>(`/tags${query({ q })}`, { signal }),
  renameTag: (wish: { from: string; to: string }) =>
    request<TagView>('/tags/renamings', { method: 'POST', body: wish }),

  queueTickets: (queue: string, signal?: AbortSignal) =>
    request<QueueTicketsView>(`/queues/${queue}/tickets`, { signal }),
  changeQueueTickets: (queue: string, terms: QueueTicketsView) =>
    request<QueueTicketsView>(`/queues/${queue}/tickets`, { method: 'PUT', body: terms }),
};
