import type { CallView } from './call-views.js';
import type { Preferences } from './preference-views.js';
import type { SharedView } from './chat-views.js';
import type { SlaClockView } from './sla-views.js';
import type { Permission } from './permission-views.js';
import type { RoleScope } from './role-views.js';
import type { FieldValue } from './ticket-property-views.js';

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
  /** Where calls ring for them; null: they get none. */
  phone: { kind: 'number' | 'sip' | 'extension'; address: string } | null;
  preferences: Preferences;
  /** The role of the organisation's own that I have; null: a built-in one. */
  ownRole: { id: string; name: { en?: string; fa?: string }; sees: RoleScope } | null;
  /** What I may do beyond my role's everyday work. The hub checks each act again. */
  permissions: Permission[];
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
  /** Nothing is sent there any more, in the words of whoever said why; null: messages leave as usual. */
  unreachable: string | null;
  /** Nobody reads there until this day; ISO date, null when nothing is known. */
  awayUntil: string | null;
  /** Of a visitor of a web chat: whether they have it open now, and how they asked to be answered once they have not. */
  chat?: { isOpen: boolean; wish: ChatWish | null };
}

/** How a visitor wants to be answered after leaving the chat. The address is only claimed; Telegram has none. */
export interface ChatWish {
  way: 'email' | 'sms' | 'telegram';
  address: string;
  askedAt: string;
}

/** An address that nothing is sent to any more. */
export interface SuppressionView {
  id: string;
  kind: IdentityKind;
  address: string;
  reason: 'bounce' | 'complaint';
  /** In the words of the server that said so. */
  said: string;
  since: string;
}

/** An address that somebody only says is theirs, or that an agent typed. It can be written to and finds nobody. */
export interface ClaimView {
  id: string;
  customerId: string;
  kind: Exclude<IdentityKind, 'web'>;
  address: string;
  source: 'form' | 'reply_to' | 'typed' | 'page' | 'import';
  claimedAt: string;
}

export interface CustomerView {
  /** The root of the person's group. */
  id: string;
  name: string;
  locale: string;
  tier: number;
  identities: IdentityView[];
  /** What is claimed and not decided, without what is theirs already. */
  claims: ClaimView[];
  /** Since when what they write wakes nobody, and why; null when they are not blocked. */
  blocked: { at: string; reason: string } | null;
  /** Who was merged into them, each by the id and name of their own, and since when; the latest first. */
  merged: MergedView[];
  /** When they last asked over their own page that what we have of them is deleted; null when they did not. */
  deletionAskedAt: string | null;
  createdAt: string;
}

/** Somebody who is part of another person. */
export interface MergedView {
  id: string;
  name: string;
  at: string;
}

/** Why two customers may be one person. `address` is the one that speaks for it, where one does. */
export interface SuggestionReason {
  kind: 'same_claim' | 'same_device' | 'similar_email' | 'similar_phone' | 'same_name_and_company';
  address: string | null;
}

/** Somebody who may be the same person, the most likely first. */
export interface SuggestionView {
  customer: CustomerView;
  conversation: string;
  reasons: SuggestionReason[];
}

export interface SuggestionsView {
  people: SuggestionView[];
  /** Addresses that look like a role's mailbox and are not marked as shared yet. */
  shared: { identityId: string; address: string }[];
}

/** One of the two people of a merge, and what they bring. */
export interface MergeSide {
  customer: CustomerView;
  conversation: string;
  counts: { messages: number; tickets: number; openTickets: number; identities: number };
}

export interface MergePreview {
  /** Who is merged. */
  from: MergeSide;
  /** Who stays on top. */
  into: MergeSide;
  /** Where their profiles differ. `chosen` is whose value stays unless the merge says otherwise. */
  conflicts: { field: string; from: unknown; into: unknown; chosen: 'from' | 'into' }[];
  reasons: SuggestionReason[];
}

/** A link by which a customer reads their own. Its address is told once, when it is made. */
export interface CustomerLinkView {
  id: string;
  identityId: string;
  address: string;
  createdAt: string;
  expiresAt: string;
  revokedAt: string | null;
  lastUsedAt: string | null;
  /** When whoever holds the link asked for deletion; null when they did not. */
  deletionAskedAt: string | null;
  url: string | null;
}

/** What passed between a customer and us, as they may read it. */
export interface MyMessage {
  id: string;
  at: string;
  from: 'me' | 'us';
  name: string;
  channelKind: ChannelKind | null;
  address: string;
  subject: string | null;
  body: string;
  /** Each is at `/my/<token>/files/<id>`, under the link that showed it. */
  attachments: { id: string; name: string; mediaType: string; bytes: number }[];
}

/** A customer's own page. `person`: everything of theirs; `address`: what passed over the one that the link is for. */
export interface MyPageView {
  name: string;
  locale: string;
  scope: 'person' | 'address';
  address: string;
  expiresAt: string;
  deletionAskedAt: string | null;
  messages: MyMessage[];
  /** Where older messages begin; null at the end. */
  next: string | null;
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

/** What is known of a mail besides its words. */
export interface MailView {
  to: string[];
  cc: string[];
  /** Who had a copy that nobody else sees; known of mails of ours only. */
  bcc: string[];
  /** Parts of `body` that repeat older messages or sign it: [from, to) in UTF-16 units, in order, not touching each other. */
  hidden: [number, number][];
  /** `/api/messages/:id/html` shows the page that it was sent as. */
  hasHtml: boolean;
  /** `/api/messages/:id/raw` has it as it came. */
  hasSource: boolean;
  /** What it reports about mail of ours; null for any other mail. */
  report: {
    kind: 'bounce' | 'complaint' | 'away';
    recipients: { address: string; status: string; hard: boolean; diagnostic: string }[];
    /** The end of an absence; ISO date. */
    awayUntil: string | null;
  } | null;
  /** The verdict on its sender, in the words of `Authentication-Results`, and whether Peyk or the mail server says so. */
  checks: { spf: string; dkim: string; dmarc: string; by: 'peyk' | 'server' } | null;
  /** The thread that it points at without continuing it. */
  relatedThreadId: string | null;
  /** The event that it invites to. Times: an ISO instant, the bare local time where the zone is unknown, or a date for whole days. */
  calendar: {
    method: string;
    summary: string;
    start: string;
    end: string | null;
    location: string;
    organizer: string;
  } | null;
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
  /** Null for what is no mail, and for what is withheld or erased. */
  mail: MailView | null;
  call: CallView | null;
  event: { name: string; [key: string]: unknown } | null;
  /** There when it shows more than words and files. */
  shared?: SharedView;
  attachments: AttachmentView[];
  /** Answers that a message of ours offers; absent where it offers none. */
  choices?: { id: string; label: string }[];
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
  /** The organisation's own name of its state; see TicketStateNameView. */
  stateNameId: string | null;
  /** The ticket that it was merged into; where its messages are now. */
  mergedInto: string | null;
  parentId: string | null;
  /** The ticket that it goes on from: closed by then, or the one that it was split from. */
  follows: { id: string; as: 'follow_up' | 'split' } | null;
  sla: SlaClockView[];
  /** Stands before the number, with a hyphen; '' where its first queue had none. */
  prefix: string;
  /** What is in its fields, by key. */
  fields: Record<string, FieldValue>;
  /** Until when it sleeps: an instant, or 'reply' while only its customer's words wake it. Null: it is awake. */
  snoozedUntil: string | null;
  isSpam: boolean;
  /** Since when its customer waits for our words; null while we owe them none. */
  waitingSince?: string | null;
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
  /** Of one message; null where no files are taken. `maxBytes` is of one file; `media`: what their types begin with, none for any. */
  fileLimits: { maxBytes: number; maxCount: number; media: string[] } | null;
  unavailable: 'opted_out' | 'blocked' | 'left' | 'channel_off' | null;
  /** The address is only claimed: `identityId` is the claim's id, and an answer from there comes as somebody of its own. */
  claimed: boolean;
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

/** How far a reader has read of a person: by part, and how many messages from outside are behind. */
export interface ReadMarks {
  unread: number;
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
