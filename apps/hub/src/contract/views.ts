/** Shapes of the API as its readers get them. Instants are ISO 8601 strings in UTC; ids are UUIDs. */
export type Role = 'agent' | 'supervisor' | 'admin';
export type ChannelKind = 'email' | 'sms' | 'telegram' | 'web' | 'phone' | 'messages';
export type IdentityKind = 'email' | 'phone' | 'telegram' | 'web' | 'external';
export type TicketState = 'new' | 'open' | 'pending' | 'on_hold' | 'solved' | 'closed';
export type Delivery = 'queued' | 'sent' | 'delivered' | 'read' | 'unconfirmed' | 'parked' | 'failed';
export type AgentStatus = 'online' | 'busy' | 'away' | 'offline';

export interface MeView {
  id: string;
  name: string;
  email: string;
  role: Role;
  locale: 'en' | 'fa';
  status: AgentStatus;
  queueIds: string[];
  /** Peyk serves over plain HTTP: the cookie cannot be marked Secure, and the console says so. */
  insecure: boolean;
}

export interface AgentView {
  id: string;
  name: string;
  role: Role;
  status: AgentStatus;
  /** A live console socket holds a lease. */
  present: boolean;
}

export interface QueueView {
  id: string;
  name: string;
  restricted: boolean;
  memberIds: string[];
}

export interface ChannelView {
  id: string;
  kind: ChannelKind;
  name: string;
  enabled: boolean;
  queueId: string | null;
  /** Shown settings; secrets appear only as the names of those that are set. */
  config: Record<string, unknown>;
  secretsSet: string[];
  /** Why it does not work, in the words of its provider or of its settings; null when nothing is known against it. */
  problem: string | null;
}

export interface IdentityView {
  id: string;
  customerId: string;
  kind: IdentityKind;
  address: string;
  trust: 'proven' | 'channel_given' | 'unauthenticated';
  shared: boolean;
  lastSeenAt: string | null;
}

export interface CustomerView {
  /** The root of the person's group. */
  id: string;
  name: string;
  locale: string;
  tier: number;
  identities: IdentityView[];
  createdAt: string;
}

export interface AttachmentView {
  id: string;
  name: string;
  mediaType: string;
  bytes: number;
  state: 'stored' | 'fetching' | 'quarantined' | 'erased';
  /** Where to download it; relative to the hub. */
  url: string;
}

export interface CallView {
  direction: 'in' | 'out';
  state: 'ringing' | 'answered' | 'ended';
  outcome: 'answered' | 'missed' | 'busy' | 'failed' | 'voicemail' | 'abandoned' | 'cancelled' | null;
  startedAt: string | null;
  durationSeconds: number | null;
  recordingUrl: string | null;
}

export interface MessageView {
  id: string;
  /** The conversation row that holds it; `(conversation, seq)` is its name. */
  conversation: string;
  seq: number;
  rev: number;
  at: string;
  sentAt: string | null;
  channel: { id: string; kind: ChannelKind; name: string } | null;
  threadId: string | null;
  identityId: string | null;
  ticketId: string | null;
  ticketReason: string | null;
  direction: 'in' | 'out' | 'internal';
  author: { kind: 'customer' | 'agent' | 'bot' | 'system'; id: string | null; name: string };
  kind: 'text' | 'note' | 'call' | 'keys' | 'form' | 'event';
  body: string;
  subject: string | null;
  flags: string[];
  call: CallView | null;
  event: { name: string; [key: string]: unknown } | null;
  attachments: AttachmentView[];
  delivery: Delivery | null;
  /** Why the last try to send failed, in the provider's words; null while nothing failed. */
  deliveryError: string | null;
  editedAt: string | null;
  redactedAt: string | null;
  /** The reader does not serve the restricted queue this belongs to: place and time are true, the content is withheld. */
  withheld: boolean;
}

export interface TicketView {
  id: string;
  number: number;
  conversation: string;
  rev: number;
  version: number;
  state: TicketState;
  priority: 1 | 2 | 3 | 4;
  queueId: string;
  ownerId: string | null;
  subject: string;
  tags: string[];
  lastMessageAt: string;
  openedAt: string;
  solvedAt: string | null;
}

/** A way to answer: a channel and the identity it reaches, best first. A disabled one says why in `unavailable`. */
export interface ReplyWay {
  channelId: string;
  channelKind: ChannelKind;
  channelName: string;
  identityId: string;
  address: string;
  threadId: string | null;
  subject: string | null;
  lastUsedAt: string | null;
  textLimit: number | null;
  attachments: boolean;
  unavailable: 'opted_out' | 'blocked' | 'left' | 'channel_off' | null;
}

/** A person's whole conversation, opened. `id` is the root's conversation; `parts` are the rows it is made of. */
export interface ConversationView {
  id: string;
  customer: CustomerView;
  holder: 'none' | 'bot' | 'queue' | 'agent';
  parts: { conversation: string; rev: number; lastSeq: number }[];
  tickets: TicketView[];
  ways: ReplyWay[];
  messages: MessageView[];
  /** Older messages exist before this cursor. */
  before: string | null;
  /** Messages this reader has not read. */
  unread: number;
  /** The newest seq read, per part. */
  read: Record<string, number>;
}

/** A line of a list: one ticket with its person and last words. */
export interface ListRow {
  ticket: TicketView;
  conversation: string;
  customer: { id: string; name: string };
  last: {
    body: string;
    kind: MessageView['kind'];
    direction: MessageView['direction'];
    channelKind: ChannelKind | null;
    at: string;
  } | null;
  unread: number;
}

export interface Page<Row> {
  rows: Row[];
  /** Where the next page begins; null at the end. */
  next: string | null;
}

/** RFC 9457 problem document. `code` is stable; `field` names the input at fault. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  code: string;
  detail: string;
  field?: string;
  requestId: string;
}
