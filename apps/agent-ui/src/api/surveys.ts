import type { Page, SurveyAnswerView, SurveyKind, SurveySummaryView, SurveyView, TicketSurveyView } from '#contract';
import { query, request } from './request.js';

export type SurveyDraft = Omit<SurveyView, 'id' | 'isUsed'>;

export interface SummaryFilter {
  kind: SurveyKind;
  by: 'queue' | 'agent';
  /** ISO 8601. */
  from: string;
}

export interface AnswersFilter {
  kind: SurveyKind;
  which: 'low' | 'all';
}

/** What customers are asked and what they answer, one line a call. */
export const surveys = {
  list: (signal?: AbortSignal) => request<SurveyView[]>('/surveys', { signal }),
  add: (draft: SurveyDraft) => request<SurveyView>('/surveys', { method: 'POST', body: draft }),
  change: (id: string, { kind: _kind, ...draft }: SurveyDraft) =>
    request<SurveyView>(`/surveys/${id}`, { method: 'PATCH', body: draft }),
  remove: (id: string) => request<void>(`/surveys/${id}`, { method: 'DELETE' }),
  summary: (filter: SummaryFilter, signal?: AbortSignal) =>
    request<SurveySummaryView>(`/surveys/summary${query({ ...filter })}`, { signal }),
  answers: (filter: AnswersFilter, before: string | null, signal?: AbortSignal) =>
    request<Page<SurveyAnswerView>>(`/surveys/answers${query({ ...filter, before, limit: 20 })}`, { signal }),
  ofTicket: (ticketId: string, signal?: AbortSignal) =>
    request<TicketSurveyView[]>(`/tickets/${ticketId}/surveys`, { signal }),
  ask: (ticketId: string, surveyId: string) =>
    request<TicketSurveyView[]>(`/tickets/${ticketId}/surveys`, { method: 'POST', body: { surveyId } }),
};
