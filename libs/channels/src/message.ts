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
}

/** Something noticed about a message that agents see and automation obeys. */
export type MessageFlag = 'automatic' | 'bounce' | 'spam' | 'unverified' | 'forged' | 'malformed' | 'oversized';

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
}

/** What a message carries besides its text; stored as JSON, so every part is optional and plain. */
export interface MessageContent {
  subject?: string;
  cc?: string[];
  flags?: MessageFlag[];
  call?: CallContent;
  /** A fact told as a line of the timeline: its name and what it concerns. */
  event?: { name: string; [key: string]: unknown };
}

/** A file on its way out. `open` may be called again for a retry. */
export interface OutboundAttachment {
  name: string;
  mediaType: string;
  bytes: number;
  open(): NodeJS.ReadableStream;
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
}
