/** What kind of report a mail is. `auto-reply` is any answer that nobody wrote, `delivered` one about a mail that arrived. */
export type ReportClass = 'bounce' | 'complaint' | 'auto-reply' | 'delivered' | 'not-a-bounce';

/** One recipient of a report with all that was found out. `digit` is the class of the status, told or concluded. */
export interface ReportRow {
  address: string;
  status: string;
  digit: '' | '2' | '4' | '5';
  smtp: string;
  hard: boolean;
  /** The server still tries: nothing has failed. */
  delayed: boolean;
  diagnostic: string;
}

export interface ReportDetail {
  class: ReportClass;
  about: string | null;
  rows: ReportRow[];
  awayUntil: string | null;
  /** Whether it says that somebody is away, and is not just any automatic answer. */
  away: boolean;
}

/** What an ordinary mail reports. */
export const nothing: ReportDetail = { class: 'not-a-bounce', about: null, rows: [], awayUntil: null, away: false };

/** What the head of a mail says about whether nobody wrote it. */
export interface ReportSigns {
  /** Something that makes it worth looking inside. */
  isCandidate: boolean;
  /** A mail server wrote it, as far as its head can tell. */
  isServer: boolean;
  /** Its subject is that of a delivery failure, and no person wrote it as far as its head can tell. */
  hasFailureSubject: boolean;
  /** It is somebody's automatic answer, and no server's report. */
  isAnswer: boolean;
}

/** The first Message-ID of a text, with its brackets; null when there is none. */
export function messageIdIn(text: string): string | null {
  return /<[^<>\s\p{Cc}]{1,900}>/u.exec(text)?.[0] ?? null;
}
