/** Products whose history can be brought here. */
export type HistorySystem = 'zendesk' | 'chatwoot' | 'zammad' | 'freescout';

/** Somebody whom another product knows. Addresses are as they stand there. `isStaff`: one of those who answer. */
export interface HistoryPerson {
  piece: 'person';
  key: string;
  name: string;
  emails: string[];
  phones: string[];
  isStaff: boolean;
}

/** Where tickets came in there: a group, an inbox, a mailbox. */
export interface HistoryInbox {
  piece: 'inbox';
  key: string;
  name: string;
}

export interface HistoryTicket {
  piece: 'ticket';
  key: string;
  /** The key of the person whose matter it is. */
  person: string;
  subject: string;
  isOpen: boolean;
  tags: string[];
  /** The key of its inbox; empty: none is named. */
  inbox: string;
  assignee: { email: string; name: string } | null;
  /** From 1 to 4, as Peyk counts. */
  priority: number;
  openedAt: Date | null;
  closedAt: Date | null;
}

/** A file of a message: where it stands there, or its bytes as base64. */
export interface HistoryFile {
  name: string;
  url: string | null;
  data: string | null;
}

export interface HistoryMessage {
  piece: 'message';
  key: string;
  ticket: string;
  /** Null where only who wrote it tells. */
  direction: 'in' | 'out' | 'internal' | null;
  author: { key: string; name: string; email: string };
  text: string;
  isHtml: boolean;
  at: Date | null;
  files: HistoryFile[];
}

export type HistoryPiece = HistoryPerson | HistoryInbox | HistoryTicket | HistoryMessage;

/** What one record of a file says, or null for one of a kind that is not known. */
export type ReadHistoryRecord = (record: Record<string, unknown>) => HistoryPiece[] | null;
