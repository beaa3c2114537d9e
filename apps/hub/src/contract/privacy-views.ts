/** What is kept of a person, as an erasure counts it. `other`: traces in tools, such as what a rule noted. */
export type PersonalKind =
  | 'messages'
  | 'files'
  | 'recordings'
  | 'tickets'
  | 'raw'
  | 'drafts'
  | 'bots'
  | 'surveys'
  | 'webhooks'
  | 'notices'
  | 'outreach'
  | 'knowledge'
  | 'addresses'
  | 'other';

export type PersonalCounts = Partial<Record<PersonalKind, number>>;

/** What would go, and what stands in the way. */
export interface ErasurePreviewView {
  customer: string;
  /** What must be typed to confirm: the name, else an address. */
  confirm: string;
  counts: PersonalCounts;
  /** Tickets that are closed by it. */
  openTickets: number;
  /** Why it cannot be done now; null: it can. */
  hindrance: 'on_hold' | 'call_live' | null;
}

export interface ErasureView {
  id: string;
  state: 'running' | 'done';
  removed: PersonalCounts;
  /** Null: their time was over. */
  askedBy: string | null;
  askedAt: string;
  endedAt: string | null;
}

export interface LegalHoldView {
  customer: string;
  /** The conversation that opens the person. */
  conversation: string;
  name: string;
  why: string;
  setBy: string;
  since: string;
}

export interface PersonExportView {
  id: string;
  state: 'running' | 'done' | 'failed';
  withNotes: boolean;
  bytes: number | null;
  madeBy: string;
  createdAt: string;
  /** When the file goes; null until it is there. */
  expiresAt: string | null;
}

/** What is known of one person beside what they said: what may be done with it. */
export interface PersonPrivacyView {
  hold: LegalHoldView | null;
  exports: PersonExportView[];
  consents: VisitorConsentView[];
}

/** What a visitor agreed to before a chat. */
export interface VisitorConsentView {
  id: string;
  channelId: string;
  version: string;
  words: string;
  givenAt: string;
  withdrawnAt: string | null;
}

/**
 * What a rule lets go: the words of messages with everything made of them, their files, recordings, what providers sent as they sent it,
 * what bots noted, what webhooks told and heard, or whole people once all their tickets are solved.
 */
export type RetentionKind = 'words' | 'files' | 'recordings' | 'raw' | 'bots' | 'webhooks' | 'people';

export interface RetentionRuleView {
  id: string;
  what: RetentionKind;
  /** Null: of every channel. */
  channelId: string | null;
  /** Null: of every queue. */
  queueId: string | null;
  days: number;
}

export interface RetentionPreviewView {
  /** How many it would let go now; `isMore`: at least so many. */
  count: number;
  isMore: boolean;
}

/** What is left of a message that was redacted, and what is out of reach. */
export interface RedactionView {
  redactedAt: string;
  /** It went over the wire, so that its receiver or sender has it all the same. */
  isElsewhere: boolean;
}
