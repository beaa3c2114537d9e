/** What can be reported about. */
export type ReportName =
  | 'volume'
  | 'times'
  | 'promises'
  | 'backlog'
  | 'agents'
  | 'queues'
  | 'channels'
  | 'tags'
  | 'rules'
  | 'bots'
  | 'campaigns'
  | 'surveys';

/** A share is between 0 and 1; a score is of the scale of its survey, and NPS between −100 and 100. */
export type ReportUnit = 'count' | 'seconds' | 'share' | 'score';

/** How rows are cut: by the days of `zone`, or by what the report is about. */
export type ReportBy =
  'hour' | 'day' | 'week' | 'month' | 'queue' | 'channel' | 'agent' | 'tag' | 'rule' | 'bot' | 'campaign' | 'survey';

export type ReportCalendar = 'gregorian' | 'jalali';
export type ReportCompare = 'none' | 'previous' | 'year';

export interface ReportColumn {
  key: string;
  unit: ReportUnit;
  /** Which way is good news. */
  better: 'up' | 'down' | null;
}

export interface ReportRow {
  /** An id, a tag or an instant: the first local day as `2026-11-23`, an hour as `2026-11-23T14:00+03:30`. Empty: nobody's. */
  key: string;
  /** Name of a queue, agent…; null for instants, and for what has no name: nobody's, or gone. */
  label: string | null;
  values: (number | null)[];
  before: (number | null)[] | null;
}

export interface ReportView {
  report: ReportName;
  by: ReportBy;
  /** First and last day, both included. */
  from: string;
  to: string;
  zone: string;
  before: { from: string; to: string } | null;
  columns: ReportColumn[];
  rows: ReportRow[];
  total: ReportRow;
  /** Facts up to here are counted. */
  through: string;
}

/** Something that a number is made of. A talk with a bot or a told customer may have no ticket; the conversation is always there. */
export interface TicketRef {
  id: string | null;
  number: number | null;
  prefix: string | null;
  /** null: it is in a queue that this reader does not see. */
  conversation: string | null;
  customerName: string | null;
  subject: string | null;
  at: string;
  /** What it adds to the number: seconds, a score, or how many messages; 1 where each is one. */
  value: number;
}

export interface ReportTicketsView {
  tickets: TicketRef[];
  next: string | null;
}

export type HeatMeasure = 'arrivals' | 'replies' | 'solved';

export interface HeatView {
  measure: HeatMeasure;
  from: string;
  to: string;
  zone: string;
  /** Monday first, each by its 24 hours. */
  days: number[][];
  max: number;
}

export interface StaffingCell {
  /** 1 is Monday. */
  weekday: number;
  hour: number;
  /** Work that comes in such an hour, on average of the weeks. */
  arrivals: number;
  /** Who must be scheduled, shrinkage included. 0: nothing comes. */
  agents: number;
  /** Erlangs: how many would be busy all the time. */
  load: number;
  /** Who waits no longer than `seconds` with so many agents at work. */
  share: number;
}

export interface StaffingView {
  /** null: of all queues that the reader sees. */
  queue: string | null;
  weeks: number;
  /** First and last day of these weeks, both included. */
  from: string;
  to: string;
  zone: string;
  /** The wished share of those who wait no longer than `seconds`. */
  share: number;
  seconds: number;
  shrinkage: number;
  /** How many chats or calls an agent holds at once, on average while they hold any. */
  concurrency: number;
  /** How long somebody held one on average, and how many were held. */
  handleSeconds: number | null;
  handled: number;
  cells: StaffingCell[];
}

export type ExportKind = 'conversations' | 'tickets' | 'customers';
export type ExportFormat = 'jsonl' | 'csv';

export interface ExportFilters {
  queues: string[];
  channels: string[];
  agents: string[];
  tags: string[];
  /** Of conversations: internal notes as well. */
  withNotes: boolean;
}

export interface ExportView {
  id: string;
  kind: ExportKind;
  format: ExportFormat;
  from: string;
  to: string;
  zone: string;
  filters: ExportFilters;
  state: 'running' | 'done' | 'failed';
  /** Rows that are written; conversations have a row for each message. */
  rows: number;
  /** People or tickets that are done. */
  done: number;
  bytes: number | null;
  why: string;
  madeBy: { id: string; name: string };
  createdAt: string;
  endedAt: string | null;
  /** Until when the file is kept; null while there is none. */
  expiresAt: string | null;
}

/** What a report is asked: the same names as in its address. */
export interface ReportWish {
  /** How many days up to yesterday, or the whole period before: set by `every` of the schedule. */
  by?: ReportBy;
  calendar?: ReportCalendar;
  compare?: ReportCompare;
  queue?: string[];
  channel?: string[];
  agent?: string[];
  tag?: string[];
}

export interface ReportScheduleView {
  id: string;
  name: string;
  report: ReportName;
  query: ReportWish;
  /** day: of yesterday. week, month: of the whole one before, by the calendar of `query`. */
  every: 'day' | 'week' | 'month';
  /** `08:00` in `zone`. */
  atLocalTime: string;
  zone: string;
  to: string[];
  channelId: string;
  locale: 'en' | 'fa';
  enabled: boolean;
  /** Whose rights it is made with. */
  owner: { id: string; name: string };
  nextAt: string | null;
  lastSentAt: string | null;
  /** What went wrong the last time; null: nothing. */
  lastProblem: string | null;
}
