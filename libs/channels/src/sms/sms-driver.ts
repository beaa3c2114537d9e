import type { ChannelAccount, CheckStep, Polled, Sent, WebhookReading, WebhookRequest } from '../channel-adapter.js';
import type { InboundEvent, OutboundMessage } from '../message.js';
import type { AgentChoice } from '../wire/http-exchange.js';

/** Somebody's wish to hear no more, which a provider told when it refused to send to them. */
export type OnOptOut = (accountId: string, address: string) => Promise<void>;

/** What a deployment decides for all SMS accounts. */
export interface SmsOptions {
  /** The agent of outgoing connections: the hub's guard for providers' addresses. */
  agentFor?: AgentChoice;
  sendTimeoutMs?: number;
  onOptOut?: OnOptOut;
  now?: () => Date;
}

/** A message of ours that left without a word of its provider. */
export interface DoubtfulSend {
  /** Our id of the message. */
  id: string;
  address: string;
  text: string;
  at: Date;
}

/** What a hub asks a provider about, in the hope that nothing was missed. */
export interface Question {
  /** Ids of messages that left and of whose end nothing was heard. */
  sent: string[];
  doubtful: DoubtfulSend[];
  /** Ids that messages of ours have already: what stands for one of them stands for no doubtful one. */
  known: string[];
  /** Everything before is known. */
  since: Date;
}

/** What a provider answered. */
export interface Reconciled {
  /** Receipts that never came, and messages of customers that may not have come. Those that did are known by their ids. */
  events: InboundEvent[];
  /** Doubtful messages that the provider has, by our ids. */
  found: { id: string; providerId: string }[];
}

/** One provider's way of speaking SMS; the adapter chooses by the account's settings. */
export interface SmsDriver<Settings> {
  receive?(request: WebhookRequest, account: ChannelAccount<Settings>): Promise<WebhookReading>;
  send(message: OutboundMessage, account: ChannelAccount<Settings>): Promise<Sent>;
  sendsHere?(account: ChannelAccount<Settings>): boolean;
  fetch?(reference: string, account: ChannelAccount<Settings>, limitBytes: number): Promise<Uint8Array>;
  isPolled?(account: ChannelAccount<Settings>): boolean;
  poll?(account: ChannelAccount<Settings>, cursor: unknown, signal: AbortSignal): Promise<Polled>;
  disconnect?(account: ChannelAccount<Settings>): void;
  reconcile?(account: ChannelAccount<Settings>, question: Question): Promise<Reconciled>;
  check(account: ChannelAccount<Settings>, onStep: (step: CheckStep) => void): Promise<void>;
}

export const defaultSendTimeoutMs = 20_000;
