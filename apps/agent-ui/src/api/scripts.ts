import type {
  ReadyScriptView,
  ScriptCheckView,
  ScriptConnectorTestView,
  ScriptConnectorView,
  ScriptDeploymentView,
  ScriptDiffView,
  ScriptFileView,
  ScriptFiguresView,
  ScriptGateView,
  ScriptHoursView,
  ScriptInputView,
  ScriptListView,
  ScriptMissClusterView,
  ScriptReplayView,
  ScriptRunView,
  ScriptScenarioView,
  ScriptSessionView,
  ScriptVersionTextView,
  ScriptView,
  ScriptWorldView,
} from '#contract';
import { query, request } from './request.js';

/** A talk to be played: of a text, with what the customer and the world do. */
export interface Simulation {
  source: string;
  channel: string;
  locale: string;
  at: string;
  zone?: string;
  inputs: ScriptInputView[];
  world?: ScriptWorldView;
  vars?: Record<string, unknown>;
}

/** What a version is published with: now or later, for everybody or a part of the customers. */
export interface PublishWish {
  version: number;
  note: string;
  at?: string;
  percent?: number;
}

export interface DeploymentWish {
  channelId: string;
  hours: ScriptHoursView;
  calendarId: string | null;
  priority: number;
  enabled: boolean;
}

export type ConnectorWish = Omit<ScriptConnectorView, 'id' | 'secretHeaders' | 'usedBy' | 'args'> & {
  /** Only those typed anew; null takes one away. */
  secrets: Record<string, string | null>;
};

/** The names of what is cached of scripts. */
export const scriptKeys = {
  all: ['scripts'] as const,
  list: ['scripts', 'list'] as const,
  ready: ['scripts', 'ready'] as const,
  one: (id: string) => ['scripts', 'one', id] as const,
  version: (id: string, version: string) => ['scripts', 'version', id, version] as const,
  diff: (id: string, from: string, to: string, draft: number) => ['scripts', 'diff', id, from, to, draft] as const,
  deployments: ['scripts', 'deployments'] as const,
  connectors: ['scripts', 'connectors'] as const,
  files: ['scripts', 'files'] as const,
  checks: ['scripts', 'check'] as const,
  misses: (id: string | null) => ['scripts', 'misses', id] as const,
  figures: (id: string, days: number) => ['scripts', 'figures', id, days] as const,
  sessions: (id: string) => ['scripts', 'sessions', id] as const,
};

const path = (id: string) => `/scripts/${id}`;

/** Where a browser gets a file of scripts. */
export const scriptFileUrl = (name: string): string => `/api/scripts/files/${encodeURIComponent(name)}`;

/** Scripts from draft to figures, one line a call. */
export const scripts = {
  list: (signal?: AbortSignal) => request<ScriptListView[]>('/scripts', { signal }),
  ready: (signal?: AbortSignal) => request<ReadyScriptView[]>('/scripts/ready', { signal }),
  one: (id: string, signal?: AbortSignal) => request<ScriptView>(path(id), { signal }),
  add: (wish: { name: string; source?: string; ready?: string }) =>
    request<ScriptView>('/scripts', { method: 'POST', body: wish }),
  remove: (id: string) => request<void>(path(id), { method: 'DELETE' }),
  saveDraft: (id: string, draft: { version: number; source: string; scenarios: ScriptScenarioView[] }) =>
    request<ScriptView>(`${path(id)}/draft`, { method: 'PUT', body: draft }),
  check: (source: string, signal?: AbortSignal) =>
    request<ScriptCheckView>('/scripts/check', { method: 'POST', body: { source }, signal }),
  simulate: (simulation: Simulation, signal?: AbortSignal) =>
    request<ScriptRunView>('/scripts/simulate', { method: 'POST', body: simulation, signal }),
  tryScenarios: (source: string, scenarios: ScriptScenarioView[]) =>
    request<ScriptGateView>('/scripts/scenarios', { method: 'POST', body: { source, scenarios } }),
  gate: (id: string) => request<ScriptGateView>(`${path(id)}/gate`),
  publish: (id: string, wish: PublishWish) =>
    request<ScriptView>(`${path(id)}/publish`, { method: 'POST', body: wish }),
  release: (id: string, wish: { versionId: string; at?: string; percent?: number }) =>
    request<ScriptView>(`${path(id)}/releases`, { method: 'POST', body: wish }),
  cancelRelease: (id: string, release: string) =>
    request<ScriptView>(`${path(id)}/releases/${release}`, { method: 'DELETE' }),
  rollBack: (id: string, versionId: string) =>
    request<ScriptView>(`${path(id)}/rollback`, { method: 'POST', body: { versionId } }),
  version: (id: string, version: string, signal?: AbortSignal) =>
    request<ScriptVersionTextView>(`${path(id)}/versions/${version}`, { signal }),
  /** `draft` or the id of a version on either side. */
  diff: (id: string, from: string, to: string, signal?: AbortSignal) =>
    request<ScriptDiffView>(`${path(id)}/diff${query({ from, to })}`, { signal }),

  deployments: (signal?: AbortSignal) => request<ScriptDeploymentView[]>('/scripts/deployments', { signal }),
  deploy: (id: string, wish: DeploymentWish) =>
    request<ScriptDeploymentView>(`${path(id)}/deployments`, { method: 'POST', body: wish }),
  changeDeployment: (id: string, change: Partial<Omit<DeploymentWish, 'channelId'>>) =>
    request<ScriptDeploymentView>(`/scripts/deployments/${id}`, { method: 'PATCH', body: change }),
  undeploy: (id: string) => request<void>(`/scripts/deployments/${id}`, { method: 'DELETE' }),

  connectors: (signal?: AbortSignal) => request<ScriptConnectorView[]>('/scripts/connectors', { signal }),
  addConnector: (wish: ConnectorWish) =>
    request<ScriptConnectorView>('/scripts/connectors', { method: 'POST', body: wish }),
  changeConnector: (id: string, wish: Partial<ConnectorWish>) =>
    request<ScriptConnectorView>(`/scripts/connectors/${id}`, { method: 'PATCH', body: wish }),
  removeConnector: (id: string) => request<void>(`/scripts/connectors/${id}`, { method: 'DELETE' }),
  tryConnector: (id: string, args: Record<string, string>) =>
    request<ScriptConnectorTestView>(`/scripts/connectors/${id}/test`, { method: 'POST', body: { args } }),

  files: (signal?: AbortSignal) => request<ScriptFileView[]>('/scripts/files', { signal }),
  uploadFile: (file: File) => request<ScriptFileView>('/scripts/files', { method: 'POST', file }),
  removeFile: (name: string) => request<void>(`/scripts/files/${encodeURIComponent(name)}`, { method: 'DELETE' }),

  misses: (id: string | null, signal?: AbortSignal) =>
    request<ScriptMissClusterView[]>(`/scripts/misses${query({ script: id })}`, { signal }),
  teach: (wish: { ids: string[]; intent?: string; articleId?: string; dismiss?: boolean }) =>
    request<void>('/scripts/misses/teach', { method: 'POST', body: wish }),
  figures: (id: string, days: number, signal?: AbortSignal) =>
    request<ScriptFiguresView>(`${path(id)}/figures${query({ days })}`, { signal }),
  sessions: (id: string, signal?: AbortSignal) => request<ScriptSessionView[]>(`${path(id)}/sessions`, { signal }),
  replay: (id: string, sessionId: string, source: string) =>
    request<ScriptReplayView>(`${path(id)}/replay`, { method: 'POST', body: { sessionId, source } }),
};
