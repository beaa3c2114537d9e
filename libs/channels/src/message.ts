import type { PageOfSite } from './web/page-of-site.js';

/** The kinds of channel Peyk knows. `messages` is the API channel of an organisation's own programs. */
export type ChannelKind = 'email' | 'sms' | 'telegram' | 'web' | 'phone' | 'messages';

/** What an address is made of. `phone` is shared by SMS and calls, so both reach the same customer. */
export type IdentityKind = 'email' | 'phone' | 'telegram' | 'web' | 'external';

/** How far an address may be believed; the table of docs/decisions/0002 says what each level may do. */
export type Trust = 'proven' | 'channel_given' | 'unauthenticated';

/** An address in its one normal form: E.164 phone, lower-case mail, numeric Telegram id, visitor id. */
export interface Address {
  kind: IdentityKind;
  address: string;
}

/** Who a message came from, as the channel vouches for it. `name` is what the sender calls itself, '' when unknown. */
export interface Sender extends Address {
  trust: Trust;
  name: string;
}

/** An address that somebody only says is theirs. It owns nothing and links nobody. */
export interface Claim {
  kind: Exclude<IdentityKind, 'web'>;
  address: string;
  source: 'form' | 'reply_to' | 'typed' | 'page';
}

/** A file that came with a message: its bytes, or where the adapter can fetch them later. */
export interface InboundAttachment {
  name: string;
  /** What the sender declares; storage sniffs the real type. */
  mediaType: string;
  contentId: string | null;
  source: { bytes: Uint8Array } | { reference: string };
}

/** The headers that tie a mail to its thread. Ids keep their angle brackets; an absent one is null, never ''. */
export interface MailHeaders {
  messageId: string | null;
  inReplyTo: string | null;
  references: string[];
  subject: string;
  to: string[];
  cc: string[];
  /** The thread token of the recipient's plus address, when one was there. */
  threadToken: string | null;
  /** Our own id of a mail whose Message-ID a server replaced, as it claims; to be believed in our own folder of sent mail only. */
  originalId?: string | null;
}

/** Something noticed about a message that agents see and automation obeys. */
export type MessageFlag =
  | 'automatic'
  | 'out_of_office'
  | 'newsletter'
  | 'bounce'
  | 'complaint'
  | 'spam'
  | 'unverified'
  | 'forged'
  | 'malformed'
  | 'oversized'
  /** Its sender is blocked: it is kept, and wakes nobody. */
  | 'blocked'
  /** It answers something of a thread that its sender has no part in, so it began a thread of its own. */
  | 'possibly_related'
  /** Nobody wrote it: an administrator tried the channel out. */
  | 'simulated';

/** What a server or a mailbox says about mail of ours: not delivered, complained about, or nobody there for a while. */
export interface MailReport {
  kind: 'bounce' | 'complaint' | 'away';
  /** The Message-ID of the mail it is about, with angle brackets; null when the report does not say. */
  about: string | null;
  /** One row for each address, in the report's order. */
  recipients: {
    address: string;
    /** The enhanced status, e.g. '5.1.1'; '' when not stated. */
    status: string;
    /** Nothing more may be sent there; false: it may work later. */
    hard: boolean;
    /** The server's own words, at most 500 characters. */
    diagnostic: string;
  }[];
  /** The end of an absence, when one is told; ISO date. */
  awayUntil: string | null;
}

/** What the checks of a mail's sender found, as `Authentication-Results` names it. */
export interface SenderChecks {
  spf: string;
  dkim: string;
  dmarc: string;
  /** Who checked: Peyk itself, or the server whose word the account believes. */
  by: 'peyk' | 'server';
}

/** An event that a mail invites to. Times: an ISO instant in UTC, the bare local time where the zone is unknown, or a date for whole days. */
export interface CalendarEvent {
  /** REQUEST, REPLY, CANCEL…; '' when not stated. */
  method: string;
  summary: string;
  start: string;
  end: string | null;
  location: string;
  organizer: string;
}

/** One of the answers offered with a message of ours. */
export interface Choice {
  /** Ours: comes back when it is chosen. 1 to 64 of `A-Z a-z 0-9 _ . : -`, unique within its message. */
  id: string;
  /** What the customer reads; at most 64 characters. */
  label: string;
}

/** What a customer chose. `of` is the provider's id of the message that offered it; null when the provider does not say. */
export interface ChosenChoice {
  id: string;
  of: string | null;
}

/** What a message shows besides its words, in the form that it was sent in; its words say the same for whoever cannot show it. */
export interface SharedThings {
  /** A place on the map. `title` and `address` are '' for a bare point; `live`: it moves on while the sender shares it. */
  place?: { latitude: number; longitude: number; title: string; address: string; live: boolean };
  /** A contact card. `own`: the sender's, as the channel vouches. */
  contact?: { name: string; phone: string; own: boolean };
  sticker?: { emoji: string };
  /** A recorded voice; its file is the first attachment. */
  voice?: { seconds: number };
  /** Who wrote it first, as the channel names them; '' when it names nobody. */
  forwardedFrom?: string;
  /** The beginning of the message that it answers, or the part of it that was marked. `ours`: we wrote it. */
  answers?: { text: string; ours: boolean };
  /** The page of a site that it was written on, where it is another than before. */
  page?: PageOfSite;
}

interface Inbound {
  /** The provider's own id of this event, the key of deduplication; null is never deduplicated. */
  externalId: string | null;
  /** What the provider sent, byte for byte. */
  raw: Uint8Array;
}

/** A message of a customer, in the one form that every channel is brought to. */
export interface InboundMessage extends Inbound {
  type: 'message';
  from: Sender;
  claims: Claim[];
  /** When the provider says it was written; shown, never ordered by. */
  sentAt: Date | null;
  kind: 'text' | 'keys' | 'form';
  text: string;
  attachments: InboundAttachment[];
  mail: MailHeaders | null;
  /** The provider's id of the message this one answers. */
  replyTo: string | null;
  flags: MessageFlag[];
  /** Parts of `text` that repeat older messages or sign it: [from, to) in UTF-16 units, in order, not touching each other. */
  hidden?: [number, number][];
  /** There is a page to show besides the text; it is made from `raw` when somebody wants to see it. */
  hasHtml?: boolean;
  /** Set on mail that reports about mail of ours. */
  report?: MailReport | null;
  checks?: SenderChecks | null;
  /** The event that the mail invites to; its file is among the attachments. */
  calendar?: CalendarEvent | null;
  /** One of us wrote it with another program; `from` is then the customer it went to. */
  sentByUs?: boolean;
  shared?: SharedThings;
  /** The sender chose one of the answers that we offered. `kind` is then 'keys', and `text` the label where it is known. */
  choice?: ChosenChoice;
  /** What the provider waits to hear that the choice arrived by; `answerPress` takes it. */
  pressId?: string;
  /** The provider's id of the message itself, where its events are known by another: later forms and answers name it. */
  messageId?: string;
  /** The `messageId` of the message that this is the new form of: it becomes no message of its own. */
  revises?: string;
  /** Messages of one sender with the same album are one message with several files. */
  album?: string;
  /** The one-time token of a link of ours that the sender followed: it says whose address this is. */
  startToken?: string;
  /** Addresses that the channel vouches are the sender's own. */
  proofs?: { kind: 'phone' | 'email'; address: string; trust: 'proven' | 'channel_given' }[];
}

/** Where calls are known from. */
export type CallSource = 'twilio' | 'jambonz' | 'agi' | 'ami' | 'cti' | 'cdr' | 'manual';

/** Somebody of ours whom a call rang. Parts of one leg are joined by `id`; instants are ISO 8601 in UTC. */
export interface CallLeg {
  id: string;
  /** The number, SIP address or extension as it was dialled; '' where nothing is known of it. */
  to: string;
  /** The agent, where it is known whose it is. */
  agentId: string | null;
  startedAt: string | null;
  answeredAt: string | null;
  endedAt: string | null;
  outcome: 'ringing' | 'answered' | 'no_answer' | 'busy' | 'failed' | 'cancelled' | null;
}

/** A recording as its source names it. What Peyk keeps of it is another matter: see `call_recording`. */
export interface CallRecordingRef {
  id: string;
  url: string;
  seconds: number | null;
}

/** What only some sources tell of a call. */
export interface CallDetails {
  source?: CallSource;
  /** Our number that was called, or that called. */
  line?: string;
  /** The queue as the exchange names it. */
  queue?: string;
  /** Why it ended, in the source's own word: `normalClearing`, `16`, `no-answer`. */
  cause?: string;
  legs?: CallLeg[];
  /** Whole seconds from the beginning until somebody answered, or until it ended without. */
  waitSeconds?: number;
  recordings?: CallRecordingRef[];
  /** What was said, where the source writes it down. */
  transcript?: string;
  /** What came of it, by a word of the organisation's own list. */
  disposition?: string;
  /** The nodes that a caller went through, with what they pressed or said; oldest first. A confidential answer is masked. */
  path?: { node: string; at: string; heard?: string }[];
}

export type CallOutcome = 'answered' | 'missed' | 'busy' | 'failed' | 'voicemail' | 'abandoned' | 'cancelled';

/** One state of a call. Events of one call share `callId` and grow one message of the timeline. */
export interface InboundCall extends Inbound {
  type: 'call';
  callId: string;
  /** Counts up within a call, so that a late event does not undo a newer one. */
  order: number;
  party: Sender;
  direction: 'in' | 'out';
  state: 'ringing' | 'answered' | 'ended';
  outcome: CallOutcome | null;
  startedAt: Date | null;
  answeredAt: Date | null;
  endedAt: Date | null;
  /** Talk time in whole seconds, as the source reports it. */
  durationSeconds: number | null;
  recordingUrl: string | null;
  note: string;
  details?: CallDetails;
}

/** What a provider says later about a message of ours. */
export interface InboundReceipt extends Inbound {
  type: 'receipt';
  providerId: string;
  state: 'sent' | 'delivered' | 'read' | 'failed';
  error: string | null;
}

/** Stored and deduplicated, but nothing for a timeline. */
export interface InboundIgnored extends Inbound {
  type: 'ignored';
  reason: string;
  /** It says that an address takes messages again, or takes none any more. */
  reach?: Address & { reachable: 'yes' | 'blocked' };
}

export type InboundEvent = InboundMessage | InboundCall | InboundReceipt | InboundIgnored;

/** A call as the timeline keeps it, in `MessageContent.call`. Instants are ISO 8601 in UTC. */
export interface CallContent {
  callId: string;
  order: number;
  direction: 'in' | 'out';
  state: 'ringing' | 'answered' | 'ended';
  outcome: CallOutcome | null;
  startedAt: string | null;
  answeredAt: string | null;
  endedAt: string | null;
  durationSeconds: number | null;
  recordingUrl: string | null;
  details?: CallDetails;
}

/** What a message carries besides its text; stored as JSON, so every part is optional and plain. */
export interface MessageContent {
  subject?: string;
  to?: string[];
  cc?: string[];
  flags?: MessageFlag[];
  /** A thread that the mail points at without continuing it. */
  relatedThread?: string;
  hidden?: [number, number][];
  hasHtml?: boolean;
  report?: MailReport;
  checks?: SenderChecks;
  calendar?: CalendarEvent;
  call?: CallContent;
  shared?: SharedThings;
  /** The answers offered with a message of ours. */
  choices?: Choice[];
  /** On a customer's message: what they chose. */
  choice?: ChosenChoice;
  /** See `InboundMessage.messageId`. */
  messageId?: string;
  /** An album that grows as its parts come in: each with its message id and its own words. */
  album?: { id: string; parts: { id: string; text: string }[] };
  /** Who wrote it where no account or address here tells: it came with the history of another product. */
  writer?: string;
  /** A fact told as a line of the timeline: its name and what it concerns. */
  event?: { name: string; [key: string]: unknown };
}

/** A file on its way out. `open` may be called again for a retry. */
export interface OutboundAttachment {
  name: string;
  mediaType: string;
  bytes: number;
  open(): NodeJS.ReadableStream;
  /** Where a provider that fetches files itself finds it for an hour; absent while the hub has no public address. */
  link?: string;
}

/** A message of ours, ready for one provider. */
export interface OutboundMessage {
  /** Our id of the message: the idempotency key where a provider has one. */
  id: string;
  to: Address;
  toName: string;
  text: string;
  attachments: OutboundAttachment[];
  /** Set on e-mail only. `messageId` was made before the first try and stays over retries. */
  mail: {
    messageId: string;
    inReplyTo: string | null;
    references: string[];
    subject: string;
    cc: string[];
    threadToken: string | null;
  } | null;
  /** The provider's id of the message this one answers, where the channel can show it. */
  replyTo: string | null;
  /** Answers to choose from; a channel without buttons leaves them out, so the text must stand by itself. */
  choices?: Choice[];
  /** How many of the parts that the adapter makes of it have left in an earlier try: it goes on behind them. */
  sentParts?: number;
}
