import type {
  CustomerAttributeView,
  CustomerKnowledgeView,
  ImportFaultView,
  ImportKindView,
  ImportPreviewView,
  ImportTermsView,
  ImportView,
  SegmentConditionView,
  SegmentCountView,
  SegmentPreviewView,
  SegmentView,
  TierPreviewView,
  TierSettingsView,
  TierTermsView,
} from '#contract';
import { request } from './request.js';

export type AttributeDraft = Omit<CustomerAttributeView, 'id' | 'isRetired' | 'version'>;

export const segmentKeys = {
  segments: ['segments'] as const,
  attributes: ['customer-attributes'] as const,
  imports: ['customer-imports'] as const,
  tiers: ['customer-tiers'] as const,
  everyKnowledge: ['customer-knowledge'] as const,
  knowledge: (customer: string) => ['customer-knowledge', customer] as const,
};

/** Who belongs together, and what is known of customers, one line a call. */
export const segments = {
  list: (signal?: AbortSignal) => request<SegmentView[]>('/segments', { signal }),
  add: (draft: { name: string; condition: SegmentConditionView }) =>
    request<SegmentView>('/segments', { method: 'POST', body: draft }),
  change: (id: string, change: { version: number; name: string; condition: SegmentConditionView }) =>
    request<SegmentView>(`/segments/${id}`, { method: 'PATCH', body: change }),
  remove: (id: string) => request<void>(`/segments/${id}`, { method: 'DELETE' }),
  count: (id: string) => request<SegmentCountView>(`/segments/${id}/count`, { method: 'POST' }),
  countOf: (condition: SegmentConditionView) =>
    request<SegmentCountView>('/segments/count', { method: 'POST', body: { condition } }),
  preview: (condition: SegmentConditionView) =>
    request<SegmentPreviewView>('/segments/preview', { method: 'POST', body: { condition } }),

  attributes: (signal?: AbortSignal) => request<CustomerAttributeView[]>('/customer-attributes', { signal }),
  addAttribute: (draft: AttributeDraft) =>
    request<CustomerAttributeView>('/customer-attributes', { method: 'POST', body: draft }),
  changeAttribute: (
    id: string,
    change: Partial<Omit<AttributeDraft, 'key' | 'kind'>> & { version: number; isRetired?: boolean },
  ) => request<CustomerAttributeView>(`/customer-attributes/${id}`, { method: 'PATCH', body: change }),
  removeAttribute: (id: string) => request<void>(`/customer-attributes/${id}`, { method: 'DELETE' }),

  knowledge: (customer: string, signal?: AbortSignal) =>
    request<CustomerKnowledgeView>(`/customers/${customer}/knowledge`, { signal }),
  setValues: (customer: string, values: Record<string, unknown>) =>
    request<CustomerKnowledgeView>(`/customers/${customer}/attributes`, { method: 'PUT', body: { values } }),
  giveTierBack: (customer: string) =>
    request<CustomerKnowledgeView>(`/customers/${customer}/hand-tier`, { method: 'DELETE' }),

  imports: (signal?: AbortSignal) => request<ImportView[]>('/customer-imports', { signal }),
  /** Sends a file; nothing is done with it yet. */
  giveFile: (kind: ImportKindView, file: File) =>
    request<ImportView>(`/customer-imports?kind=${kind}`, { method: 'POST', file }),
  previewImport: (id: string, terms: ImportTermsView | null) =>
    request<ImportPreviewView>(`/customer-imports/${id}/preview`, { method: 'POST', body: terms ? { terms } : {} }),
  startImport: (id: string, terms: ImportTermsView | null) =>
    request<ImportView>(`/customer-imports/${id}/start`, { method: 'POST', body: terms ? { terms } : {} }),
  stopImport: (id: string) => request<ImportView>(`/customer-imports/${id}/stop`, { method: 'POST' }),
  removeImport: (id: string) => request<void>(`/customer-imports/${id}`, { method: 'DELETE' }),
  faults: (id: string, signal?: AbortSignal) =>
    request<ImportFaultView[]>(`/customer-imports/${id}/faults`, { signal }),
  faultsFile: (id: string, language: string) => `/api/customer-imports/${id}/faults.csv?language=${language}`,

  tiers: (signal?: AbortSignal) => request<TierSettingsView>('/customer-tiers', { signal }),
  changeTiers: (change: { version: number; enabled: boolean; terms: TierTermsView }) =>
    request<TierSettingsView>('/customer-tiers', { method: 'PUT', body: change }),
  previewTiers: (terms: TierTermsView) =>
    request<TierPreviewView>('/customer-tiers/preview', { method: 'POST', body: { terms } }),
};
