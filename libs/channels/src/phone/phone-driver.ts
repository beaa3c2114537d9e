import type { ChannelAccount, WebhookReading, WebhookRequest } from '../channel-adapter.js';
import type { AgentChoice } from '../wire/http-exchange.js';

/** What a deployment decides for all phone accounts. */
export interface PhoneOptions {
  /** The agent of outgoing connections: the hub's guard for providers' addresses. */
  agentFor?: AgentChoice;
  /** The time of events that do not state their own. */
  now?: () => Date;
}

/** One source of calls; the adapter chooses by the account's settings. */
export interface PhoneDriver<Settings> {
  receive(request: WebhookRequest, account: ChannelAccount<Settings>): Promise<WebhookReading>;
  fetch(reference: string, account: ChannelAccount<Settings>, limitBytes: number): Promise<Uint8Array>;
}
