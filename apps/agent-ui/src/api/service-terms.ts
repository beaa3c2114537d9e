import type { CalendarView, SlaPolicyView, SlaTermsView } from '#contract';
import { request } from './request.js';

export type CalendarDraft = Pick<CalendarView, 'name' | 'timeZone' | 'windows' | 'exceptions'>;

export interface PolicyDraft {
  name: string;
  position: number;
  enabled: boolean;
  draft: SlaTermsView;
}

/** Service hours and promises, one line a call. */
export const serviceTerms = {
  calendars: (signal?: AbortSignal) => request<CalendarView[]>('/calendars', { signal }),
  addCalendar: (draft: CalendarDraft) => request<CalendarView>('/calendars', { method: 'POST', body: bodyOf(draft) }),
  changeCalendar: (id: string, draft: CalendarDraft) =>
    request<CalendarView>(`/calendars/${id}`, { method: 'PATCH', body: bodyOf(draft) }),
  removeCalendar: (id: string) => request<void>(`/calendars/${id}`, { method: 'DELETE' }),
  setToday: (id: string, is: 'closed' | 'usual') =>
    request<CalendarView>(`/calendars/${id}/today`, { method: 'POST', body: { is } }),
  addHolidays: (id: string, country: string, year: number) =>
    request<CalendarView>(`/calendars/${id}/holidays`, { method: 'POST', body: { country, year } }),

  policies: (signal?: AbortSignal) => request<SlaPolicyView[]>('/sla-policies', { signal }),
  addPolicy: (draft: PolicyDraft) => request<SlaPolicyView>('/sla-policies', { method: 'POST', body: draft }),
  changePolicy: (id: string, change: Partial<PolicyDraft>) =>
    request<SlaPolicyView>(`/sla-policies/${id}`, { method: 'PATCH', body: change }),
  publishPolicy: (id: string, forOpenTickets: boolean) =>
    request<SlaPolicyView>(`/sla-policies/${id}/publish`, { method: 'POST', body: { forOpenTickets } }),
};

/** The hub takes an absent day for "for ever" where its answer says null. */
function bodyOf({ windows, ...calendar }: CalendarDraft): object {
  return {
    ...calendar,
    windows: windows.map(({ since, until, ...window }) => ({
      ...window,
      ...(since !== null && { since }),
      ...(until !== null && { until }),
    })),
  };
}
