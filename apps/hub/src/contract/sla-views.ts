/** Part of a day, in minutes after midnight on the wall of the calendar's place. */
export interface DayPartView {
  from: number;
  to: number;
}

/** Service hours. Weekdays count from Monday 1; days are ISO dates; an exception without hours is closed all day. */
export interface CalendarView {
  id: string;
  name: string;
  timeZone: string;
  windows: (DayPartView & { weekday: number; since: string | null; until: string | null })[];
  exceptions: { day: string; label: { en?: string; fa?: string }; hours: DayPartView[] }[];
}

/** What is promised to whom. Durations are milliseconds of service time; an empty list of a scope means any. */
export interface SlaTermsView {
  scope: { queueIds: string[]; tiers: number[]; priorities: number[] };
  targets: { first_response?: number; next_response?: number; resolution?: number };
  calendarId: string | null;
  pausedIn: ('pending' | 'on_hold')[];
  /** Shares of the target, between 0 and 1. */
  warnings: number[];
  escalations: { afterMs: number; notify: string[]; boostMs: number; queueId: string | null }[];
}

export interface SlaPolicyView {
  id: string;
  name: string;
  position: number;
  enabled: boolean;
  /** The version that new promises are pinned to; null before the first is published. */
  published: (SlaTermsView & { versionId: string; version: number; publishedAt: string }) | null;
  /** What would be published next; null where nothing was changed since. */
  draft: (SlaTermsView & { versionId: string; version: number }) | null;
}

/** What a ticket shows of a promise: the latest clock of the metric. Durations are milliseconds of service time. */
export interface SlaClockView {
  metric: 'first_response' | 'next_response' | 'resolution';
  state: 'running' | 'paused' | 'met' | 'cancelled';
  targetMs: number;
  /** Of the target, where it stands still or has ended; what was left when it last began to run, otherwise. */
  leftMs: number;
  /** Null where it does not run, or never comes to its end. */
  dueAt: string | null;
  breachedAt: string | null;
}
