import type { LiveCallView, TransferTargetsView, TransferView, TrialCallView } from '#contract';
import { request } from './request.js';

/** Where an agent's phone rings. */
export interface Endpoint {
  kind: 'number' | 'sip' | 'extension';
  address: string;
}

export interface DialWish {
  channelId: string;
  identityId: string;
  reason: string;
}

/** Who is to have a caller: one of the three. */
export interface TransferWish {
  agentId?: string;
  queueId?: string;
  phone?: Endpoint;
}

/** What a tester did on their telephone; see TrialHappeningDto. */
export interface TrialHappening {
  turn: number;
  kind: 'heard' | 'recorded' | 'played' | 'held' | 'dialled' | 'hung_up';
  digits?: string;
  speech?: string;
  leg?: string;
  result?: 'answered' | 'busy' | 'no_answer' | 'failed' | 'cancelled';
  seconds?: number;
}

/** What is asked of the hub about calls, one line each. */
export const phone = {
  dial: (conversation: string, wish: DialWish, key: string) =>
    request<{ callId: string }>(`/conversations/${conversation}/calls/dial`, { method: 'POST', body: wish, key }),
  live: (signal?: AbortSignal) => request<{ call: LiveCallView | null }>('/calls/mine', { signal }),
  record: (call: string, act: 'pause' | 'resume') =>
    request<void>(`/calls/${call}/recording/${act}`, { method: 'POST' }),
  transferTargets: (call: string, signal?: AbortSignal) =>
    request<TransferTargetsView>(`/calls/${call}/transfer-targets`, { signal }),
  transfer: (call: string, wish: TransferWish) =>
    request<TransferView>(`/calls/${call}/transfer`, { method: 'POST', body: wish }),
  beginTrial: (channel: string, wish: { from: string; ringsTeam: boolean }) =>
    request<TrialCallView>(`/channels/${channel}/trial-calls`, { method: 'POST', body: wish }),
  nextTrial: (channel: string, call: string, happening: TrialHappening) =>
    request<TrialCallView>(`/channels/${channel}/trial-calls/${encodeURIComponent(call)}`, {
      method: 'POST',
      body: happening,
    }),
};
