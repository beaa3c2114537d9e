import type {
  ContactWishesView,
  OutreachFiguresView,
  OutreachLimitsView,
  OutreachPersonState,
  OutreachPersonView,
  OutreachPreviewView,
  OutreachView,
  Page,
  SegmentView,
} from '#contract';
import { query, request } from './request.js';

/** What somebody writes of an outreach; the rest is the hub's. */
export type OutreachDraft = Omit<
  OutreachView,
  'id' | 'version' | 'state' | 'round' | 'nextAt' | 'createdAt' | 'changedAt'
>;

export type ConsentWish = Pick<ContactWishesView['consents'][number], 'purpose' | 'state'>;

export type OutreachStep = 'schedule' | 'withdraw' | 'pause' | 'resume' | 'stop';

/** What is told to many, and what became of it, one line a call. */
export const outreach = {
  list: (signal?: AbortSignal) => request<OutreachView[]>('/outreach', { signal }),
  segments: (signal?: AbortSignal) => request<SegmentView[]>('/segments', { signal }),
  add: (draft: OutreachDraft) => request<OutreachView>('/outreach', { method: 'POST', body: draft }),
  change: (id: string, version: number, draft: Partial<OutreachDraft>) =>
    request<OutreachView>(`/outreach/${id}`, { method: 'PATCH', body: { ...draft, version } }),
  remove: (id: string) => request<void>(`/outreach/${id}`, { method: 'DELETE' }),
  step: (id: string, step: OutreachStep) => request<OutreachView>(`/outreach/${id}/${step}`, { method: 'POST' }),
  preview: (id: string, signal?: AbortSignal) => request<OutreachPreviewView>(`/outreach/${id}/preview`, { signal }),
  test: (id: string, channelId: string, address: string) =>
    request<void>(`/outreach/${id}/test`, { method: 'POST', body: { channelId, address } }),
  figures: (id: string, signal?: AbortSignal) => request<OutreachFiguresView>(`/outreach/${id}/figures`, { signal }),
  people: (id: string, state: OutreachPersonState | null, before: string | null, signal?: AbortSignal) =>
    request<Page<OutreachPersonView>>(`/outreach/${id}/people${query({ state, before, limit: 20 })}`, { signal }),
  limits: (signal?: AbortSignal) => request<OutreachLimitsView>('/outreach/limits', { signal }),
  wishes: (conversation: string, signal?: AbortSignal) =>
    request<ContactWishesView>(`/conversations/${conversation}/contact-wishes`, { signal }),
  setWishes: (
    conversation: string,
    wish: { preferredKind: ContactWishesView['preferredKind']; consents: ConsentWish[] },
  ) => request<ContactWishesView>(`/conversations/${conversation}/contact-wishes`, { method: 'PATCH', body: wish }),
  setLimits: (limits: OutreachLimitsView) =>
    request<OutreachLimitsView>('/outreach/limits', { method: 'PUT', body: limits }),
};
