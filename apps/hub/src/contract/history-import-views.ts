/** Products whose history can be brought here. */
export type HistorySystemView = 'zendesk' | 'chatwoot' | 'zammad' | 'freescout';

export type HistoryStateView = 'draft' | 'reading' | 'read' | 'running' | 'stopped' | 'done' | 'failed';

/** What becomes of what came in by an inbox of the other product. */
export interface HistoryInboxTermsView {
  key: string;
  queueId: string;
  channelId: string;
}

/** How a history is written down. openAs: tickets that were still open there come closed with a tag, or as work of their queue. */
export interface HistoryTermsView {
  inboxes: HistoryInboxTermsView[];
  openAs: 'closed' | 'open';
}

export interface HistoryFileView {
  position: number;
  name: string;
  bytes: number;
  /** From 0 to 1. */
  progress: number;
}

/** A history on its way here. Counts of what was found, then of what was written. */
export interface HistoryImportView {
  id: string;
  system: HistorySystemView;
  /** The product, and which account of it. */
  source: string;
  state: HistoryStateView;
  /** A code of what made it fail; '' otherwise. */
  why: string;
  files: HistoryFileView[];
  terms: HistoryTermsView | null;
  /** Customers as they come: duplicates are one. */
  people: number;
  peopleDone: number;
  addedPeople: number;
  /** Who were here already. */
  joinedPeople: number;
  tickets: number;
  addedTickets: number;
  messages: number;
  addedMessages: number;
  /** Messages that an earlier import brought. */
  known: number;
  refused: number;
  startedBy: string | null;
  createdAt: string;
  endedAt: string | null;
}

/** Somebody of the files. */
export interface HistoryPersonView {
  key: string;
  name: string;
  addresses: string[];
  tickets: number;
}

/** People of the files who may be one, and why. */
export interface HistoryMatchView {
  id: string;
  kind: 'email' | 'phone' | 'similar_email' | 'name';
  value: string;
  /** The first of them. */
  people: HistoryPersonView[];
  count: number;
  isJoined: boolean;
}

/** What files hold, before anything of it is written. */
export interface HistoryFindingsView {
  openTickets: number;
  from: string | null;
  until: string | null;
  /** Key '' stands for tickets of which no inbox is told. */
  inboxes: { key: string; name: string; tickets: number }[];
  /** Who answered there. `agent`: the account here with the same address. */
  agents: { name: string; email: string; tickets: number; agent: string | null }[];
  tags: { name: string; tickets: number }[];
  /** Those that come as one at first, then the doubtful ones; the first few hundred. */
  matches: HistoryMatchView[];
  matchCount: number;
  /** People of the files whose address belongs to a customer here; the first hundred. */
  here: { name: string; address: string; customer: string; customerName: string }[];
  hereCount: number;
}

/** A record that could not be taken, and why. */
export interface HistoryFaultView {
  file: string;
  record: number;
  part: string;
  code: string;
}
