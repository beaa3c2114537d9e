import type { ExplainView, LoadView, OfferView, RoutingPlaceView } from '#contract';
import { query, request } from './request.js';

/** Whom a ticket needs. What is absent stays as it is. */
export interface RoutingWish {
  skillIds?: string[];
  skillLevel?: number;
  preferredAgentId?: string | null;
}

/** Work and who does it, one line a call. */
export const routing = {
  offers: (signal?: AbortSignal) => request<{ offers: OfferView[] }>('/me/offers', { signal }),
  accept: (offer: string) =>
    request<{ ticketId: string; conversationId: string }>(`/offers/${offer}/accept`, { method: 'POST' }),
  decline: (offer: string, reason: string) =>
    request<void>(`/offers/${offer}/decline`, { method: 'POST', body: reason === '' ? {} : { reason } }),
  load: (signal?: AbortSignal) => request<LoadView>('/me/load', { signal }),

  /** Those that the reader may not see, and those that nobody waits for, are not in the answer. */
  places: (tickets: readonly string[], signal?: AbortSignal) =>
    request<RoutingPlaceView[]>(`/tickets/routing${query({ ids: tickets.join() })}`, { signal }),
  changePlace: (ticket: string, wish: RoutingWish) =>
    request<RoutingPlaceView>(`/tickets/${ticket}/routing`, { method: 'PUT', body: wish }),
  explain: (ticket: string, signal?: AbortSignal) => request<ExplainView>(`/tickets/${ticket}/explain`, { signal }),
};
