import type {
  ChannelDeliveryView,
  ChannelStatusView,
  ChannelWatchView,
  MapTrialView,
  Page,
  SimulatedView,
} from '#contract';
import { query, request } from './request.js';

/** What a channel's log is narrowed to. */
export type ChannelLogPart = 'waiting' | 'sent' | 'troubled';

export interface Simulation {
  from: string;
  name?: string;
  subject?: string;
  text: string;
}

const pageSize = 30;

/** What is asked of the hub about channels beside their settings, one line a call. */
export const channelTools = {
  status: (signal?: AbortSignal) => request<ChannelStatusView[]>('/channels/status', { signal }),
  watch: (id: string, change: Partial<ChannelWatchView>) =>
    request<ChannelWatchView>(`/channels/${id}/watch`, { method: 'PATCH', body: change }),
  simulate: (id: string, message: Simulation) =>
    request<SimulatedView>(`/channels/${id}/simulate`, { method: 'POST', body: message }),
  tryMap: (id: string, sample: string) =>
    request<MapTrialView>(`/channels/${id}/try-map`, { method: 'POST', body: { sample } }),
  deliveries: (id: string, show: ChannelLogPart | null, before: string | null, signal?: AbortSignal) =>
    request<Page<ChannelDeliveryView>>(`/channels/${id}/deliveries${query({ show, before, limit: pageSize })}`, {
      signal,
    }),
};
