import type {
  CallRecordingsView,
  ChannelRecordingView,
  PromptLibraryView,
  PromptView,
  QueueRecordingView,
  RecordingAccessView,
} from '#contract';
import { query, request } from './request.js';

/** Which recording of the library is meant. */
export type PromptName = Pick<PromptView, 'name' | 'locale'>;

/** What is kept of calls, one line a call. */
export const recordings = {
  ofCall: (conversation: string, seq: number, signal?: AbortSignal) =>
    request<CallRecordingsView>(`/conversations/${conversation}/calls/${String(seq)}/recordings`, { signal }),
  listens: (id: string, signal?: AbortSignal) => request<RecordingAccessView>(`/recordings/${id}/access`, { signal }),
  ofQueue: (queue: string, signal?: AbortSignal) =>
    request<QueueRecordingView>(`/queues/${queue}/recording`, { signal }),
  changeQueue: (queue: string, terms: QueueRecordingView) =>
    request<QueueRecordingView>(`/queues/${queue}/recording`, { method: 'PUT', body: terms }),
  ofChannel: (channel: string, signal?: AbortSignal) =>
    request<ChannelRecordingView>(`/channels/${channel}/recording`, { signal }),
  changeChannel: (channel: string, terms: ChannelRecordingView) =>
    request<ChannelRecordingView>(`/channels/${channel}/recording`, { method: 'PUT', body: terms }),
};

/** What lines play, one line a call. */
export const prompts = {
  list: (signal?: AbortSignal) => request<PromptLibraryView>('/prompts', { signal }),
  keep: ({ name, locale }: PromptName, wav: Blob) =>
    request<PromptView>(`/prompts/recording${query({ name, locale })}`, { method: 'PUT', file: wav }),
  remove: ({ name, locale }: PromptName) =>
    request<void>(`/prompts/recording${query({ name, locale })}`, { method: 'DELETE' }),
};
