import type {
  ExportFormat,
  ExportKind,
  ExportView,
  HeatMeasure,
  HeatView,
  ReportBy,
  ReportCalendar,
  ReportCompare,
  ReportName,
  ReportScheduleView,
  ReportTicketsView,
  ReportView,
  StaffingView,
} from '#contract';
import { request } from './request.js';

export interface ReportFilters {
  queue: string[];
  channel: string[];
  agent: string[];
  tag: string[];
}

/** Days of `zone`, both included, and whose work. */
export interface ReportPeriod extends ReportFilters {
  from: string;
  to: string;
  zone: string;
}

export interface ReportQuestion extends ReportPeriod {
  report: ReportName;
  by: ReportBy;
  calendar: ReportCalendar;
  compare: ReportCompare;
}

/** One number of a report. */
export interface ReportPlace {
  /** null: of the whole. */
  row: string | null;
  column: string;
}

/** An hour of the week: 1 is Monday. */
export interface WeekHour {
  weekday: number;
  hour: number;
}

export interface StaffingWish {
  queue: string | null;
  weeks: number;
  share: number;
  seconds: number;
  shrinkage: number;
  zone: string;
}

/** Which of what happened in an hour of the week. */
export interface HeatWish {
  measure: HeatMeasure;
  /** Only what somebody had to take at once, as staffing counts. */
  atOnce: boolean;
}

export interface ExportWish extends ReportPeriod {
  kind: ExportKind;
  format: ExportFormat;
  /** The language of the head of a table. */
  locale: 'en' | 'fa';
  withNotes: boolean;
}

export type ScheduleWish = Omit<ReportScheduleView, 'id' | 'owner' | 'nextAt' | 'lastSentAt' | 'lastProblem'>;

export const reportKeys = {
  report: (question: ReportQuestion) => ['report', question] as const,
  behind: (question: ReportQuestion, place: ReportPlace) => ['report-tickets', question, place] as const,
  heat: (period: ReportPeriod, measure: HeatMeasure) => ['report-heat', period, measure] as const,
  staffing: (wish: StaffingWish) => ['report-staffing', wish] as const,
  ofHour: (period: ReportPeriod, wish: HeatWish, hour: WeekHour) =>
    ['report-hour-tickets', period, wish, hour] as const,
  exports: ['exports'] as const,
  schedules: ['report-schedules'] as const,
};

/** What is counted, what is behind it, and how it is taken away, one line a call. */
export const reports = {
  get: (question: ReportQuestion, signal?: AbortSignal) =>
    request<ReportView>(`/reports/${question.report}?${asked(question)}`, { signal }),
  behind: (question: ReportQuestion, place: ReportPlace, cursor: string | null, signal?: AbortSignal) =>
    request<ReportTicketsView>(`/reports/${question.report}/tickets?${asked({ ...question, ...place, cursor })}`, {
      signal,
    }),
  heat: (period: ReportPeriod, measure: HeatMeasure, signal?: AbortSignal) =>
    request<HeatView>(`/reports/heat?${asked({ ...period, measure })}`, { signal }),
  hourBehind: (wanted: ReportPeriod & HeatWish & WeekHour & { cursor: string | null }, signal?: AbortSignal) =>
    request<ReportTicketsView>(`/reports/heat/tickets?${asked(wanted)}`, { signal }),
  staffing: (wish: StaffingWish, signal?: AbortSignal) =>
    request<StaffingView>(`/reports/staffing?${asked({ ...wish })}`, { signal }),
  /** Where the browser gets it from; with a place, what is behind that number. */
  file: (question: ReportQuestion, format: ExportFormat, locale: string, place?: ReportPlace) =>
    `/api/reports/${question.report}/file?${asked({ ...question, format, locale, ...place })}`,

  exports: (signal?: AbortSignal) => request<ExportView[]>('/exports', { signal }),
  startExport: (wish: ExportWish) => request<ExportView>('/exports', { method: 'POST', body: wish }),
  removeExport: (id: string) => request<void>(`/exports/${id}`, { method: 'DELETE' }),
  exportFile: (id: string) => `/api/exports/${id}/file`,

  schedules: (signal?: AbortSignal) => request<ReportScheduleView[]>('/reports/schedules', { signal }),
  addSchedule: (wish: ScheduleWish) =>
    request<ReportScheduleView>('/reports/schedules', { method: 'POST', body: wish }),
  changeSchedule: (id: string, wish: Partial<ScheduleWish>) =>
    request<ReportScheduleView>(`/reports/schedules/${id}`, { method: 'PATCH', body: wish }),
  removeSchedule: (id: string) => request<void>(`/reports/schedules/${id}`, { method: 'DELETE' }),
  sendSchedule: (id: string) => request<void>(`/reports/schedules/${id}/send`, { method: 'POST' }),
};

/** The report's own name is the path; what may stand more than once does. */
function asked(question: object): string {
  const pairs = Object.entries(question as Record<string, unknown>).flatMap(([name, value]): [string, string][] => {
    if (name === 'report' || value === null || value === undefined) {
      return [];
    }
    const values: unknown[] = Array.isArray(value) ? value : [value];
    return values.map((one) => [name, String(one)]);
  });
  return new URLSearchParams(pairs).toString();
}
