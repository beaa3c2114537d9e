import { queryOptions } from '@tanstack/react-query';
import { v7 as uuid } from 'uuid';
import type { BoardHand, SteeringRulesView, SteeringView, UnseenWhispersView, WatchView } from '#contract';
import { keys } from './keys.js';
import { request } from './request.js';

/** Everything the console asks of the hub about steering, one line a call. */
export const steering = {
  read: (person: string, signal?: AbortSignal) =>
    request<SteeringView>(`/conversations/${person}/steering`, { signal }),
  watch: (person: string, signal?: AbortSignal) => request<WatchView>(`/conversations/${person}/watch`, { signal }),
  unseen: (signal?: AbortSignal) => request<UnseenWhispersView[]>('/me/whispers', { signal }),
  whisper: (person: string, id: string, body: { words: string; agentId: string | null }) =>
    request<void>(`/conversations/${person}/whispers/${id}`, { method: 'PUT', body }),
  answer: (person: string, id: string, words: string) =>
    request<void>(`/conversations/${person}/whispers/${id}/answer`, { method: 'PUT', body: { words } }),
  see: (person: string) => request<void>(`/conversations/${person}/whispers/seen`, { method: 'POST' }),
  raise: (person: string, words: string) =>
    request<void>(`/conversations/${person}/hand`, { method: 'PUT', body: { words } }),
  lowerOwn: (person: string) => request<void>(`/conversations/${person}/hand`, { method: 'DELETE' }),
  hands: (signal?: AbortSignal) => request<BoardHand[]>('/hands', { signal }),
  take: (hand: string) => request<void>(`/hands/${hand}/take`, { method: 'POST' }),
  lower: (hand: string) => request<void>(`/hands/${hand}`, { method: 'DELETE' }),
  rules: (signal?: AbortSignal) => request<SteeringRulesView>('/steering/rules', { signal }),
  setRules: (rules: SteeringRulesView) => request<SteeringRulesView>('/steering/rules', { method: 'PUT', body: rules }),
};

/** Sending it again under the same id changes nothing. */
export const newWhisperId = (): string => uuid();

export const steeringQuery = (person: string, standing: string) =>
  queryOptions({
    queryKey: keys.steering(person, standing),
    queryFn: ({ signal }) => steering.read(person, signal),
    placeholderData: (before) => before,
  });

export const watchQuery = (person: string) =>
  queryOptions({ queryKey: keys.watch(person), queryFn: ({ signal }) => steering.watch(person, signal), gcTime: 0 });

export const unseenWhispersQuery = queryOptions({
  queryKey: keys.unseenWhispers,
  queryFn: ({ signal }) => steering.unseen(signal),
});

export const handsQuery = queryOptions({ queryKey: keys.hands, queryFn: ({ signal }) => steering.hands(signal) });
