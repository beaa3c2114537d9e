import type { ChannelAccount, CheckStep, Polled, WebhookReading, WebhookRequest } from '../channel-adapter.js';
import type { Address } from '../message.js';
import type { AgentChoice } from '../wire/http-exchange.js';

/** What a deployment decides for all phone accounts. */
export interface PhoneOptions {
  /** The agent of outgoing connections: the hub's guard for providers' addresses. */
  agentFor?: AgentChoice;
  /** The time of events that do not state their own. */
  now?: () => Date;
  /** Whether the caller is somebody whom the organisation does not want to hear. */
  isBlocked?: ((caller: Address) => Promise<boolean>) | undefined;
}

/** One source of calls; the adapter chooses by the account's settings. */
export interface PhoneDriver<Settings> {
  receive(request: WebhookRequest, account: ChannelAccount<Settings>): Promise<WebhookReading>;
  fetch(reference: string, account: ChannelAccount<Settings>, limitBytes: number): Promise<Uint8Array>;
  /** Whether an account is one to be asked, by whoever is its owner. */
  isPolled?(account: ChannelAccount<Settings>): boolean;
  poll?(account: ChannelAccount<Settings>, cursor: unknown, signal: AbortSignal): Promise<Polled>;
  disconnect?(account: ChannelAccount<Settings>): void;
  check?(account: ChannelAccount<Settings>, onStep: (step: CheckStep) => void): Promise<void>;
}
