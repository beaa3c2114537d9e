import { v7 as uuid } from 'uuid';
import type {
  CallDispositionView,
  CdrCheckView,
  CdrImportView,
  CdrPreviewView,
  CdrReadingView,
  CdrTermsView,
} from '#contract';
import { problemOf, unreachable } from './problem.js';
import { request } from './request.js';

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
    send<CdrPreviewView>(`/channels/${channel}/cdr-imports/preview`, file.slice(0, previewBytes), terms),
  start: (channel: string, file: File, terms: CdrTermsView) =>
    send<CdrImportView>(`/channels/${channel}/cdr-imports`, file, terms),
  stop: (channel: string, id: string) =>
    request<CdrImportView>(`/channels/${channel}/cdr-imports/${id}/stop`, { method: 'POST' }),
  faultsFile: (channel: string, id: string, language: string) =>
    `/api/channels/${channel}/cdr-imports/${id}/faults.csv?language=${language}`,
  reading: (channel: string, signal?: AbortSignal) =>
    request<CdrReadingView>(`/channels/${channel}/cdr-reading`, { signal }),
  check: (channel: string) => request<CdrCheckView[]>(`/channels/${channel}/cdr-reading/check`, { method: 'POST' }),
  dispositions: (signal?: AbortSignal) => request<CallDispositionView[]>('/call-dispositions', { signal }),
};

async function send<View>(path: string, content: File | Blob, terms: CdrTermsView | null): Promise<View> {
  const query = terms === null ? '' : `?terms=${encodeURIComponent(JSON.stringify(terms))}`;
  const response = await fetch(`/api${path}${query}`, {
    method: 'POST',
    credentials: 'same-origin',
    headers: {
      'Content-Type': 'application/octet-stream',
      'X-File-Name': encodeURIComponent(content instanceof File ? content.name : 'file'),
      'Idempotency-Key': uuid(),
    },
    body: content,
  }).catch(() => {
    throw unreachable();
  });
  const text = await response.text();
  if (!response.ok) {
    throw problemOf(response.status, text);
  }
  return JSON.parse(text) as View;
}
