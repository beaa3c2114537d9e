/** What works by itself, again and again. */
export type WorkerName =
  | 'absent-agents'
  | 'account-mails'
  | 'board-alerts'
  | 'bots'
  | 'bulk'
  | 'call-logs'
  | 'call-transfers'
  | 'channels'
  | 'deliveries'
  | 'files'
  | 'held-messages'
  | 'idle-tickets'
  | 'jobs'
  | 'missed-calls'
  | 'notices'
  | 'outreach'
  | 'polls'
  | 'privacy'
  | 'promises'
  | 'prompts'
  | 'recordings'
  | 'report-mails'
  | 'reports'
  | 'routing'
  | 'rules'
  | 'silent-lines'
  | 'spool'
  | 'surveys'
  | 'ticket-closing'
  | 'tiers'
  | 'waiting'
  | 'watches'
  | 'webhooks';

/** What a restore holds back, for the hub that the backup was made of may have done it since. */
export type HeldBackKind =
  | 'messages'
  | 'unwritten'
  | 'outreach'
  | 'surveys'
  | 'rules'
  | 'bot-words'
  | 'bot-acts'
  | 'bot-wakes'
  | 'bulk'
  | 'reports'
  | 'waits'
  | 'idle-tickets';

export interface SystemWorkerView {
  name: WorkerName;
  /** When it last finished what it does. */
  turnedAt: string;
  /** How often it means to. */
  everyMs: number;
  silent: boolean;
}

/** A process of the installation. */
export interface SystemNodeView {
  name: string;
  version: string;
  nodeVersion: string;
  role: 'all' | 'web' | 'worker';
  startedAt: string;
  seenAt: string;
  memoryBytes: number;
  /** Bytes that came in and wait on its disk for the database. */
  spoolBytes: number;
  /** It has not been heard of for a while: it died, or cannot reach the database. */
  silent: boolean;
  workers: SystemWorkerView[];
}

export interface SystemQueueView {
  /** 'facts …' are those that a reader of the log has before it, a thousand at most. */
  name: string;
  waiting: number;
  oldestSeconds: number;
}

export interface SystemView {
  version: string;
  at: string;
  nodes: SystemNodeView[];
  database: {
    version: string;
    bytes: number;
    connections: number;
    maxConnections: number;
    /** Of the transaction that runs longest; 0: none runs. */
    longestTransactionSeconds: number;
    replicas: { name: string; lagBytes: number }[];
  };
  /** Of the disk with the data folder of the node that answered. */
  disk: { freeBytes: number; totalBytes: number };
  queues: SystemQueueView[];
  /** The last one that this program made; null: none yet. */
  backup: { madeAt: string; bytes: number } | null;
  /** What the data were restored from, and what was not sent or done then; null: they never were. */
  restored: { madeAt: string; at: string; heldBack: { what: HeldBackKind; count: number }[] } | null;
  mailCertificateEndsAt: string | null;
}

/** What administrators are warned of. */
export interface SystemAlarmView {
  /** Workers that are silent, each with its node; a node that is silent as a whole is one line without a worker. */
  silent: { node: string; worker: WorkerName | null; since: string }[];
}
