/** How a file of call records is read. columns: what each column is, in the order of the file, by Asterisk's own names; '': nothing. */
export interface CdrTermsView {
  preset: 'cdr_csv' | 'freepbx' | 'grandstream' | 'json' | 'other';
  encoding: 'utf-8' | 'utf-16le' | 'windows-1256' | 'windows-1252';
  delimiter: ',' | ';' | '\t' | '|';
  hasHeader: boolean;
  columns: string[];
  /** Of instants without an offset. */
  timeZone: string;
  calendar: 'auto' | 'gregorian' | 'jalali';
  defaultCountry: string;
  /** Contexts of the dialplan that calls come in by, and go out by; a star at the end stands for any ending. */
  inContexts: string[];
  outContexts: string[];
}

/** A call as records tell of it. */
export interface CdrCallView {
  callId: string;
  direction: 'in' | 'out';
  /** The other side, in international form where it is a number. */
  number: string;
  startedAt: string;
  durationSeconds: number;
  outcome: string;
  /** The telephones of ours that it rang. */
  legs: { to: string; isAnswered: boolean }[];
}

/** A line that is no record of a call, and why: truncated, not_json, no_start, not_a_time, no_numbers, too_long. */
export interface CdrFaultView {
  line: number;
  code: string;
  value: string;
}

/** The beginning of a file as it would be read. */
export interface CdrPreviewView {
  terms: CdrTermsView;
  header: string[];
  /** The cells of the first lines; empty for JSON. */
  lines: { line: number; cells: string[] }[];
  calls: CdrCallView[];
  /** Calls between two of ours, which are left out. */
  internal: number;
  faults: CdrFaultView[];
  /** No call that nobody answered is among them: the exchange may be set not to write such. */
  lacksUnanswered: boolean;
  /** What keeps it from being imported: no_time, no_numbers. */
  problems: string[];
}

export interface CdrImportView {
  id: string;
  name: string;
  bytes: number;
  terms: CdrTermsView;
  state: 'running' | 'done' | 'failed' | 'stopped';
  /** A code of what made it fail; '' otherwise. */
  why: string;
  linesDone: number;
  /** From 0 to 1, by the bytes that were read. */
  progress: number;
  records: number;
  /** Calls that were not known before, and those that were. */
  added: number;
  known: number;
  internal: number;
  /** Calls whose other side told no number: nobody's history. */
  nameless: number;
  refused: number;
  lacksUnanswered: boolean;
  startedBy: string | null;
  createdAt: string;
  endedAt: string | null;
}

/** How the reading of an exchange's records fares. */
export interface CdrReadingView {
  readAt: string | null;
  problem: string | null;
  problemAt: string | null;
}

/** One thing that was tried of a table of records. */
export interface CdrCheckView {
  step: 'connect' | 'table' | 'columns' | 'records';
  state: 'ok' | 'failed' | 'skipped';
  code: string;
  text: string;
}

/** What a call may have come to, in the organisation's words. */
export interface CallDispositionView {
  key: string;
  names: { en: string; fa: string };
  isRetired: boolean;
}
