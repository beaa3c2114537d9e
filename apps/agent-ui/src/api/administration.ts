import type { ApiKeyView, AuditEntryView, AuditProofView, OwnRoleView, Page } from '#contract';
import { query, request } from './request.js';

export type RoleDraft = Pick<OwnRoleView, 'name' | 'base' | 'permissions' | 'sees'>;

export interface KeyDraft {
  name: string;
  scopes: ApiKeyView['scopes'];
  expiresAt?: string;
}

export interface AuditFilter {
  actor: string | null;
  action: string | null;
  q: string;
  /** Whole days, as they are written in the calendar of the console; null: no end. */
  from: string | null;
  to: string | null;
}

/** Roles, keys and the audit, one line a call. */
export const administration = {
  roles: (signal?: AbortSignal) => request<OwnRoleView[]>('/roles', { signal }),
  addRole: (draft: RoleDraft) => request<OwnRoleView>('/roles', { method: 'POST', body: draft }),
  changeRole: (id: string, draft: RoleDraft & { version: number }) =>
    request<OwnRoleView>(`/roles/${id}`, { method: 'PATCH', body: draft }),
  /** `to`: what those get who have it. */
  removeRole: (id: string, to: string | null) => request<void>(`/roles/${id}${query({ to })}`, { method: 'DELETE' }),

  keys: (whose: 'mine' | 'all', signal?: AbortSignal) =>
    request<ApiKeyView[]>(whose === 'all' ? '/keys' : '/me/keys', { signal }),
  addKey: (draft: KeyDraft) => request<{ id: string; key: string }>('/me/keys', { method: 'POST', body: draft }),
  revokeKey: (id: string, whose: 'mine' | 'all') =>
    request<void>(whose === 'all' ? `/keys/${id}` : `/me/keys/${id}`, { method: 'DELETE' }),

  audit: (filter: AuditFilter, before: string | null, signal?: AbortSignal) =>
    request<Page<AuditEntryView>>(`/audit${query({ ...asked(filter), before, limit: 50 })}`, { signal }),
  verifyAudit: () => request<AuditProofView>('/audit/verify'),
  /** Where the browser takes the file from. */
  auditFile: (filter: AuditFilter, format: 'csv' | 'jsonl') =>
    `/api/audit/download${query({ ...asked(filter), format })}`,
};

function asked({ actor, action, q, from, to }: AuditFilter): Record<string, string | null> {
  return { actor, action, q: q.trim(), from, to };
}
