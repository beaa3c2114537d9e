import type {
  QuestionKind,
  ReportCalendar,
  ResultsBy,
  ResultsView,
  ReviewView,
  SampleDetailView,
  SampleView,
  SampleWish,
  ScorecardView,
  ScoreView,
} from '#contract';
import { request } from './request.js';

export interface ResultsWish {
  by: ResultsBy;
  from: string;
  to: string;
  zone: string;
  calendar: ReportCalendar;
}

interface BothWords {
  en: string;
  fa: string;
}

export interface QuestionDraft {
  id?: string | undefined;
  name: BothWords;
  kind: QuestionKind;
  weight: number;
  critical: boolean;
}

export interface ScorecardDraft {
  version: number;
  name: BothWords;
  questions: QuestionDraft[];
}

export interface ReviewWish {
  ticketId: string;
  scores: ScoreView[];
  comment: string;
}

export const qualityKeys = {
  all: ['quality'] as const,
  scorecard: ['quality', 'scorecard'] as const,
  samples: ['quality', 'samples'] as const,
  sample: (id: string) => ['quality', 'samples', id] as const,
  review: (id: string) => ['quality', 'reviews', id] as const,
  results: (wish: ResultsWish) => ['quality', 'results', wish] as const,
  mine: ['quality', 'mine'] as const,
};

/** Samples of work and their reviews, one line a call. */
export const quality = {
  scorecard: (signal?: AbortSignal) => request<ScorecardView>('/quality/scorecard', { signal }),
  changeScorecard: (draft: ScorecardDraft) =>
    request<ScorecardView>('/quality/scorecard', { method: 'PUT', body: draft }),

  samples: (signal?: AbortSignal) => request<SampleView[]>('/quality/samples', { signal }),
  sample: (id: string, signal?: AbortSignal) => request<SampleDetailView>(`/quality/samples/${id}`, { signal }),
  draw: (wish: SampleWish & { name: string; seed?: string | undefined }) =>
    request<SampleDetailView>('/quality/samples', { method: 'POST', body: wish }),

  review: (id: string, signal?: AbortSignal) => request<ReviewView>(`/quality/reviews/${id}`, { signal }),
  give: (sample: string, wish: ReviewWish) =>
    request<ReviewView>(`/quality/samples/${sample}/reviews`, { method: 'POST', body: wish }),
  reopen: (id: string, reason: string) =>
    request<ReviewView>(`/quality/reviews/${id}/reopening`, { method: 'POST', body: { reason } }),

  mine: (signal?: AbortSignal) => request<ReviewView[]>('/quality/mine', { signal }),
  answer: (id: string, answer: string) =>
    request<void>(`/quality/mine/${id}/answer`, { method: 'POST', body: { answer } }),

  results: (wish: ResultsWish, signal?: AbortSignal) =>
    request<ResultsView>(`/quality/results?${new URLSearchParams({ ...wish }).toString()}`, { signal }),
  /** Where the browser gets it from. */
  file: (wish: ResultsWish, locale: string) =>
    `/api/quality/results/file?${new URLSearchParams({ ...wish, locale }).toString()}`,
};
