import type { ChannelAccount, ChannelAdapter } from '../channel-adapter.js';
import type { Address, InboundEvent, OutboundMessage } from '../message.js';

/** What a customer sends in one scene. The stage writes it in its provider's form; `id` becomes the provider's own id. */
export interface Sample {
  id: string;
  text: string;
  attachment?: { name: string; mediaType: string; bytes: Uint8Array };
}

/** One message as the person at the other end would see it, recorded by the stand-in. */
export interface Delivered {
  text: string;
  attachments?: ReadonlyArray<{ name: string; bytes: number }>;
}

/**
 * What the provider is made to do with the next send. `absent`: nobody listens where the account points. `cut`: it takes the
 * whole request and the connection ends before the answer.
 */
export type ProviderMood = 'accepts' | 'refuses' | 'throttles' | 'absent' | 'cut' | 'unauthorised';

/** The least a stage holds. Add whatever the scenes need: the stand-in, a poll cursor, a signing key. */
export interface Stage {
  adapter: ChannelAdapter;
  account: ChannelAccount;
  /** Texts that no error may carry: passwords, tokens, keys. */
  secretTexts: string[];
  close(): Promise<void>;
}

/** A scene that brings events in by whatever way the channel has: a webhook read, one poll, a parsed mail. */
type Bring<S> = (stage: S) => Promise<InboundEvent[]>;

export interface InboundScenes<S extends Stage> {
  /** Brings one text message. Absent on a channel without texts (calls), which gives `event` instead. */
  say?: (stage: S, sample: Sample) => Promise<InboundEvent[]>;
  /** Brings any ordinary event under the given provider id; `say` serves when this is absent. */
  event?: (stage: S, id: string) => Promise<InboundEvent[]>;
  /** Brings several messages by one request or one poll, where the channel's provider may do so. */
  batch?: (stage: S, samples: Sample[]) => Promise<InboundEvent[]>;
  /** False where the channel carries no files inward. */
  attachments: boolean;
  /** Deliveries that are the provider's but broken, by name. Each must end as UnreadableWebhook or as events that keep the raw form. */
  malformed: Record<string, Bring<S>>;
  /** Deliveries that only pretend, by name. Each must end as ForgedWebhook or flagged; empty where nothing can be forged (polling). */
  forged: Record<string, Bring<S>>;
}

export interface OutboundScenes<S extends Stage> {
  to: Address;
  /** The mail part of every message sent, for the e-mail channel. */
  mail?: (id: string) => NonNullable<OutboundMessage['mail']>;
  /** Puts the provider in a mood and gives the account to send through (for `absent` one that points at a closed port). */
  arrange(stage: S, mood: ProviderMood): ChannelAccount | Promise<ChannelAccount>;
  /** Everything delivered since the stage opened, in order. */
  delivered(stage: S): readonly Delivered[] | Promise<readonly Delivered[]>;
  /** What `retryAfterMs` must be when throttled; null where the protocol cannot say. */
  retryAfterMs: number | null;
  /** False where sends do not carry files. */
  attachments: boolean;
}

export interface ContractSetup<S extends Stage> {
  open(): Promise<S>;
  /** Null on an adapter that only sends. */
  inbound: InboundScenes<S> | null;
  /** Null on an adapter without `send`, where storing is delivering. */
  outbound: OutboundScenes<S> | null;
}
