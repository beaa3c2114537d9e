import type {
  ErasurePreviewView,
  ErasureView,
  LegalHoldView,
  PersonExportView,
  PersonPrivacyView,
  RedactionView,
  RetentionPreviewView,
  RetentionRuleView,
} from '#contract';
import { request } from './request.js';

export type RetentionDraft = Omit<RetentionRuleView, 'id'>;

export const privacyKeys = {
  person: (customer: string) => ['person-privacy', customer] as const,
  rules: ['retention-rules'] as const,
  holds: ['legal-holds'] as const,
};

/** What may be done with all that is kept of somebody, one line a call. */
export const privacy = {
  person: (customer: string, signal?: AbortSignal) =>
    request<PersonPrivacyView>(`/customers/${customer}/privacy`, { signal }),
  preview: (customer: string) => request<ErasurePreviewView>(`/customers/${customer}/erasure`),
  erase: (customer: string, order: { confirm: string; remember: boolean }) =>
    request<ErasureView>(`/customers/${customer}/erasure`, { method: 'POST', body: order }),
  makeExport: (customer: string, withNotes: boolean) =>
    request<PersonExportView>(`/customers/${customer}/exports`, { method: 'POST', body: { withNotes } }),
  exportFile: (customer: string, id: string) => `/api/customers/${customer}/exports/${id}/file`,
  hold: (customer: string, why: string) =>
    request<LegalHoldView>(`/customers/${customer}/hold`, { method: 'PUT', body: { why } }),
  liftHold: (customer: string) => request<void>(`/customers/${customer}/hold`, { method: 'DELETE' }),
  withdrawConsent: (customer: string, id: string) =>
    request<void>(`/customers/${customer}/consents/${id}`, { method: 'DELETE' }),
  redact: (message: string) => request<RedactionView>(`/messages/${message}/redact`, { method: 'POST' }),

  rules: (signal?: AbortSignal) => request<RetentionRuleView[]>('/retention-rules', { signal }),
  previewRule: (draft: RetentionDraft) =>
    request<RetentionPreviewView>('/retention-rules/preview', { method: 'POST', body: draft }),
  addRule: (draft: RetentionDraft) => request<RetentionRuleView>('/retention-rules', { method: 'POST', body: draft }),
  removeRule: (id: string) => request<void>(`/retention-rules/${id}`, { method: 'DELETE' }),
  holds: (signal?: AbortSignal) => request<LegalHoldView[]>('/legal-holds', { signal }),
};
