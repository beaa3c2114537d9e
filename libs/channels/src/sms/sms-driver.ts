import type { ChannelAccount, Sent, WebhookReading, WebhookRequest } from '../channel-adapter.js';
import type { OutboundMessage } from '../message.js';
import type { AgentChoice } from '../wire/http-exchange.js';

/** What a deployment decides for all SMS accounts. */
export interface SmsOptions {
  /** The agent of outgoing connections: the hub's guard for providers' addresses. */
  agentFor?: AgentChoice;
  sendTimeoutMs?: number;
}

/** One provider's way of speaking SMS; the adapter chooses by the account's settings. */
export interface SmsDriver<Settings> {
  receive(request: WebhookRequest, account: ChannelAccount<Settings>): Promise<WebhookReading>;
  send(message: OutboundMessage, account: ChannelAccount<Settings>): Promise<Sent>;
  fetch(reference: string, account: ChannelAccount<Settings>, limitBytes: number): Promise<Uint8Array>;
}

export const defaultSendTimeoutMs = 20_000;
