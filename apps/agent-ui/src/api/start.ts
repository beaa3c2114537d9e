import { queryOptions } from '@tanstack/react-query';
import type { AgentSettingsView, Role, StartStep, StartView } from '#contract';
import { keys } from './keys.js';
import { request } from './request.js';

/** Whose hub it is, when somebody is there, and what its queues are called. */
export interface CompanyDraft {
  name: string;
  timeZone: string;
  locale: 'en' | 'fa';
  hoursName: string;
  /** Weekdays from Monday 1, minutes after midnight; null: always open; absent: as it is. */
  week?: { days: number[]; from: number; to: number } | null;
  /** ISO 3166. */
  holidaysOf?: string;
  queues: { id?: string; name: string }[];
}

/** A colleague in as few words as an account takes. */
export interface ColleagueDraft {
  name: string;
  email: string;
  role: Role;
  locale: 'en' | 'fa';
  queues: { queueId: string; level: number }[];
}

/** The first steps of a hub and of whoever is new to it, one line a call. */
export const start = {
  read: (signal?: AbortSignal) => request<StartView>('/start', { signal }),
  keepPlace: (place: { at?: StartStep | 'done'; skip?: StartStep }) =>
    request<StartView>('/start', { method: 'PATCH', body: place }),
  setCompany: (company: CompanyDraft) => request<StartView>('/start/company', { method: 'PUT', body: company }),
  addColleague: (colleague: ColleagueDraft) =>
    request<AgentSettingsView>('/agents', { method: 'POST', body: colleague }),
  keepMine: (mine: { done?: 'palette' | 'sound' | 'desktop'; dismissed?: boolean }) =>
    request<StartView>('/start/mine', { method: 'PATCH', body: mine }),
};

export const startQuery = queryOptions({ queryKey: keys.start, queryFn: ({ signal }) => start.read(signal) });
