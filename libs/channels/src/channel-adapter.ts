import type { ZodType } from 'zod';
import type { ChannelKind, IdentityKind, InboundEvent, OutboundMessage } from './message.js';

/** A configured channel as its adapter sees it. `settings` passed the adapter's own schema; secrets are in clear here only. */
export interface ChannelAccount<Settings = unknown> {
  id: string;
  name: string;
  settings: Settings;
  /** Where providers reach this hub from outside, without a slash at the end; null when it has no public address. */
  publicUrl: string | null;
}

/** An HTTP request of a provider before anything of it is believed. Header names are lower-case. */
export interface WebhookRequest {
  method: string;
  /** The path under /hooks/<kind>/<channel>, e.g. 'sms' or ''. */
  path: string;
  /** Path and query as they arrived, for signatures over the public URL. */
  originalUrl: string;
  headers: Record<string, string | undefined>;
  body: Uint8Array;
}

/** What a webhook meant, and what its provider wants to hear once that is stored. */
export interface WebhookReading {
  events: InboundEvent[];
  answer: { status: number; contentType: string; body: string };
}

/** One step of a poller: what came, and where to go on from. The cursor is saved with the events or not at all. */
export interface Polled {
  events: InboundEvent[];
  cursor: unknown;
  /** Secrets which the provider has replaced by now: those stored are soon worth nothing. */
  secrets?: Record<string, string>;
}

/** One thing that a check of an account tried. `text` says in plain English what was found, or what is wrong and what mends it. */
export interface CheckStep {
  /** What was tried, in words that stay: the way ('imap', 'smtp') and the step, e.g. 'imap.sign_in'. */
  step: string;
  state: 'ok' | 'failed' | 'skipped';
  /** 'ok', 'skipped', or the code of the ChannelError that the same trouble causes at work. */
  code: string;
  text: string;
  ms: number;
}

/** What the composer and the bots may use on a channel. Lengths are in UTF-16 units; null means no limit. */
export interface Capabilities {
  /** Which identities this channel can write to; empty when it cannot send. */
  reaches: IdentityKind[];
  textLimit: number | null;
  attachments: { maxBytes: number; maxCount: number } | null;
  subject: boolean;
  typing: boolean;
  /** 'provider': repeats are harmless because they carry a key or the recipient is our own database. 'none': a doubtful send
   * stays doubtful, and only an agent may send it again. 'declared': repeats may arrive but name themselves as such (e-mail). */
  idempotency: 'provider' | 'declared' | 'none';
  /** Kinds of files that it carries, as their media types begin, e.g. 'image/'; absent: any. */
  media?: readonly string[];
  /** What the provider reports later besides that it failed; absent: nothing. */
  receipts?: 'delivered' | 'read';
  /** Answers to choose from, shown as buttons; absent: they stand in the text. */
  choices?: { max: number; labelLength: number };
  /** Formatted text arrives formatted; absent: as plain text. */
  html?: boolean;
  /** A message that was sent can be changed at the other side. */
  edits?: boolean;
}

/** How a send ended well. `providerId` is what later receipts name. */
export interface Sent {
  providerId: string | null;
  state: 'sent' | 'delivered';
  /** How many messages it became at the provider, for the account's pace; one when absent. */
  parts?: number;
}

/** A token bucket: so many at once, and so many more each second. */
export interface Bucket {
  burst: number;
  perSecond: number;
}

/** How fast a provider lets an account send: all of it together, and to each address. */
export interface SendingPace {
  account: Bucket;
  each(address: string): Bucket;
}

/** What of a message left before the rest failed. `providerId` names it as `Sent` would. */
export interface PartlySent {
  parts: number;
  providerId: string | null;
}

/** A button that a customer pressed. `words` says why it does nothing any more; null: it was taken. */
export interface Press {
  id: string;
  /** The provider's id of the message that the button stands under; null when it does not say. */
  of: string | null;
  words: string | null;
}

/**
 * A way to reach people: pure traffic, no storage. An adapter reads what a provider sends and writes what a provider takes;
 * it runs in a bare script. Every provider's base URL is one of its settings.
 */
export interface ChannelAdapter<Settings = unknown> {
  readonly kind: ChannelKind;
  readonly capabilities: Capabilities;
  /** What one account may do, where accounts of the kind differ. Ask `capabilitiesFor`. */
  capabilitiesOf?(account: ChannelAccount<Settings>): Capabilities;
  /** Settings that may be shown. */
  readonly config: ZodType;
  /** Settings that are encrypted at rest and never shown again. */
  readonly secrets: ZodType;
  /** Reads a webhook. Throws ForgedWebhook before it reads anything that is not proven to be the provider's. */
  receive?(request: WebhookRequest, account: ChannelAccount<Settings>): WebhookReading | Promise<WebhookReading>;
  /** Waits for news, at most until `signal`, and confirms to the provider only what `cursor` covers: that much is stored. */
  poll?(account: ChannelAccount<Settings>, cursor: unknown, signal: AbortSignal): Promise<Polled>;
  /** Whether an account is one to be polled, where not all of a kind are. */
  isPolled?(account: ChannelAccount<Settings>): boolean;
  /** Ends what polls keep open for an account; called when this process stops polling it. */
  disconnect?(account: ChannelAccount<Settings>): void;
  /** Sends one message once. Throws ChannelError, and nothing else. Absent where storing is delivering (web chat). */
  send?(message: OutboundMessage, account: ChannelAccount<Settings>): Promise<Sent>;
  /**
   * Whether this process can send for the account now, where sending needs a session that one process at a time has. What it cannot send
   * is left to the process that can, and is no failed try. Absent: any process can.
   */
  sendsHere?(account: ChannelAccount<Settings>): boolean;
  /** How fast the account may send; null where its provider has no limit that Peyk need keep. */
  paceOf?(account: ChannelAccount<Settings>): SendingPace | null;
  /** Tells the provider that a press arrived, once it is stored. Throws ChannelError. */
  answerPress?(press: Press, account: ChannelAccount<Settings>): Promise<void>;
  /** Shows a customer that somebody writes to them, for a few seconds. Throws ChannelError. Absent where there is no such sign. */
  showTyping?(address: string, account: ChannelAccount<Settings>): Promise<void>;
  /** The address of a link that opens this account and brings the token back as `startToken`. Throws ChannelError. */
  startLink?(token: string, account: ChannelAccount<Settings>): Promise<string>;
  /** Whether an address of a kind that the channel reaches is one of this account's messenger, where kinds are shared. */
  mayReach?(address: string, account: ChannelAccount<Settings>): boolean;
  /** Fetches an attachment that arrived as a reference. */
  fetch?(reference: string, account: ChannelAccount<Settings>, limitBytes: number): Promise<Uint8Array>;
  /** Prepares the provider for this account's way in (webhook set or removed). Called when the settings change. */
  connect?(account: ChannelAccount<Settings>): Promise<void>;
  /** Tries everything that the account needs, as it would be at work but moving nothing, and tells each step as it ends. */
  check?(account: ChannelAccount<Settings>, onStep: (step: CheckStep) => void): Promise<void>;
}

/** What an account may do: its kind's capabilities, unless accounts of that kind differ. */
export function capabilitiesFor(adapter: ChannelAdapter, account: ChannelAccount): Capabilities {
  return adapter.capabilitiesOf?.(account) ?? adapter.capabilities;
}

/**
 * A send or a fetch that did not end well.
 *
 * `retry` says who may try again: 'soon' the relay with backoff, 'after-reconnect' the relay once the account works again,
 * 'never' nobody. `doubtful` means that the provider may have taken the message although we did not hear so.
 */
export class ChannelError extends Error {
  readonly retry: 'soon' | 'after-reconnect' | 'never';
  readonly doubtful: boolean;
  readonly retryAfterMs: number | null;
  readonly left: PartlySent | null;

  constructor(
    readonly code: string,
    message: string,
    how: {
      retry: 'soon' | 'after-reconnect' | 'never';
      doubtful?: boolean;
      retryAfterMs?: number | null;
      /** The parts that left before; a next try goes on behind them. */
      left?: PartlySent | null;
      cause?: unknown;
    },
  ) {
    super(message, { cause: how.cause });
    this.name = 'ChannelError';
    this.retry = how.retry;
    this.doubtful = how.doubtful ?? false;
    this.retryAfterMs = how.retryAfterMs ?? null;
    this.left = how.left ?? null;
  }
}

/** A webhook whose sender could not be proven. Answered with 403, nothing stored. */
export class ForgedWebhook extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'ForgedWebhook';
  }
}

/** A body that is the provider's but cannot be read. Answered with 400, the field named. */
export class UnreadableWebhook extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'UnreadableWebhook';
  }
}
