import type { AgentSettingsView, QueueContentsView, QueueSettingsView, SkillView } from '#contract';
import { query, request } from './request.js';

/** What an administrator sets up of a queue; counted and derived parts are the hub's. */
export type QueueDraft = Omit<QueueSettingsView, 'id' | 'version' | 'memberIds'>;

export type AgentDraft = Pick<
  AgentSettingsView,
  'name' | 'role' | 'ownRoleId' | 'queues' | 'skills' | 'calendarId' | 'capUnits' | 'caps' | 'phone'
>;

export type NewAgent = AgentDraft & { email: string; locale: AgentSettingsView['locale'] };

/** Queues, skills and colleagues as administrators set them up, one line a call. */
export const team = {
  queue: (id: string, signal?: AbortSignal) => request<QueueSettingsView>(`/queues/${id}`, { signal }),
  queueContents: (id: string, signal?: AbortSignal) => request<QueueContentsView>(`/queues/${id}/contents`, { signal }),
  addQueue: (draft: QueueDraft) => request<QueueSettingsView>('/queues', { method: 'POST', body: draft }),
  changeQueue: (id: string, draft: QueueDraft & { version: number }) =>
    request<QueueSettingsView>(`/queues/${id}`, { method: 'PATCH', body: draft }),
  removeQueue: (id: string, moveTo: string | null) =>
    request<void>(`/queues/${id}${query({ moveTo })}`, { method: 'DELETE' }),

  skills: (signal?: AbortSignal) => request<SkillView[]>('/skills', { signal }),
  addSkill: (name: string) => request<SkillView>('/skills', { method: 'POST', body: { name } }),
  renameSkill: (id: string, name: string) => request<SkillView>(`/skills/${id}`, { method: 'PATCH', body: { name } }),
  /** Off whoever has it, and out of what asks for it. */
  removeSkill: (id: string) => request<void>(`/skills/${id}?everywhere=true`, { method: 'DELETE' }),

  agents: (signal?: AbortSignal) => request<AgentSettingsView[]>('/agents/settings', { signal }),
  addAgent: (agent: NewAgent) => request<AgentSettingsView>('/agents', { method: 'POST', body: agent }),
  changeAgent: (id: string, change: Partial<AgentDraft> & { version?: number; disabled?: boolean }) =>
    request<AgentSettingsView>(`/agents/${id}`, { method: 'PATCH', body: change }),
};
