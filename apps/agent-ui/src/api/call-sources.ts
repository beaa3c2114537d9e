import type {
  CallDispositionView,
  CdrCheckView,
  CdrImportView,
  CdrPreviewView,
  CdrReadingView,
  CdrTermsView,
} from '#contract';
import { query, request } from './request.js';

/** What the hub takes for a preview. */
const previewBytes = 1024 * 1024;

export const callSourceKeys = {
  imports: (channel: string) => ['cdr-imports', channel] as const,
  reading: (channel: string) => ['cdr-reading', channel] as const,
  dispositions: ['call-dispositions'] as const,
};

/** Files and tables of call records, and what calls may have come to. */
export const callSources = {
  imports: (channel: string, signal?: AbortSignal) =>
    request<CdrImportView[]>(`/channels/${channel}/cdr-imports`, { signal }),
  preview: (channel: string, file: File, terms: CdrTermsView | null) =>
    request<CdrPreviewView>(`/channels/${channel}/cdr-imports/preview${termsOf(terms)}`, {
      method: 'POST',
      file: file.slice(0, previewBytes),
    }),
  start: (channel: string, file: File, terms: CdrTermsView) =>
    request<CdrImportView>(`/channels/${channel}/cdr-imports${termsOf(terms)}`, { method: 'POST', file }),
  stop: (channel: string, id: string) =>
    request<CdrImportView>(`/channels/${channel}/cdr-imports/${id}/stop`, { method: 'POST' }),
  faultsFile: (channel: string, id: string, language: string) =>
    `/api/channels/${channel}/cdr-imports/${id}/faults.csv?language=${language}`,
  reading: (channel: string, signal?: AbortSignal) =>
    request<CdrReadingView>(`/channels/${channel}/cdr-reading`, { signal }),
  check: (channel: string) => request<CdrCheckView[]>(`/channels/${channel}/cdr-reading/check`, { method: 'POST' }),
  dispositions: (signal?: AbortSignal) => request<CallDispositionView[]>('/call-dispositions', { signal }),
};

const termsOf = (terms: CdrTermsView | null): string => query({ terms: terms && JSON.stringify(terms) });
