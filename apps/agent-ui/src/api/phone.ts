import type { LiveCallView, TrialCallView } from '#contract';
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
  beginTrial: (channel: string, wish: { from: string; ringsTeam: boolean }) =>
    request<TrialCallView>(`/channels/${channel}/trial-calls`, { method: 'POST', body: wish }),
  nextTrial: (channel: string, call: string, happening: TrialHappening) =>
    request<TrialCallView>(`/channels/${channel}/trial-calls/${encodeURIComponent(call)}`, {
      method: 'POST',
      body: happening,
    }),
};
