import type { HistoryFindingsView, HistoryImportView, HistorySystemView, HistoryTermsView } from '#contract';
import { request } from './request.js';

export const historyKeys = {
  all: ['history-imports'] as const,
  one: (id: string) => ['history-imports', id] as const,
  findings: (id: string) => ['history-imports', id, 'findings'] as const,
};

/** What was said in other products, on its way here. */
export const histories = {
  list: (signal?: AbortSignal) => request<HistoryImportView[]>('/history-imports', { signal }),
  get: (id: string, signal?: AbortSignal) => request<HistoryImportView>(`/history-imports/${id}`, { signal }),
  begin: (system: HistorySystemView, account: string) =>
    request<HistoryImportView>('/history-imports', { method: 'POST', body: { system, account } }),
  /** Sends a file; nothing is done with it yet. */
  give: (id: string, file: File) =>
    request<HistoryImportView>(`/history-imports/${id}/files`, { method: 'POST', file }),
  read: (id: string) => request<HistoryImportView>(`/history-imports/${id}/read`, { method: 'POST' }),
  findings: (id: string, signal?: AbortSignal) =>
    request<HistoryFindingsView>(`/history-imports/${id}/findings`, { signal }),
  choose: (id: string, match: string, isJoined: boolean) =>
    request<HistoryImportView>(`/history-imports/${id}/matches/${match}`, { method: 'PUT', body: { isJoined } }),
  start: (id: string, terms: HistoryTermsView) =>
    request<HistoryImportView>(`/history-imports/${id}/start`, { method: 'POST', body: terms }),
  stop: (id: string) => request<HistoryImportView>(`/history-imports/${id}/stop`, { method: 'POST' }),
  remove: (id: string) => request<void>(`/history-imports/${id}`, { method: 'DELETE' }),
  faultsFile: (id: string, language: string) => `/api/history-imports/${id}/faults.csv?language=${language}`,
};
