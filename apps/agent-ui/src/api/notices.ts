import type { NoticesFrame, NoticeView, Page, PushKeyView, PushView } from '#contract';
import { query, request } from './request.js';

export const notices = {
  page: (before: string | null, signal?: AbortSignal) =>
    request<Page<NoticeView>>(`/me/notices${query({ before })}`, { signal }),
  unread: (signal?: AbortSignal) => request<NoticesFrame>('/me/notices/unread', { signal }),
  /** Those named, those about a person, or all. */
  read: (which: { ids?: string[]; conversation?: string }) =>
    request<NoticesFrame>('/me/notices/read', { method: 'POST', body: which }),
};

/** What a browser gives to whoever may wake it. */
interface Wakeable {
  endpoint: string;
  keys: { p256dh: string; auth: string };
  withText: boolean;
}

export const push = {
  key: () => request<PushKeyView>('/me/push/key'),
  keep: (browser: Wakeable) => request<PushView>('/me/push', { method: 'POST', body: browser }),
  drop: (id: string) => request<undefined>(`/me/push/${id}`, { method: 'DELETE' }),
  test: (id: string) => request<undefined>(`/me/push/${id}/test`, { method: 'POST' }),
};
