import { ChannelError } from '../channel-adapter.js';
import type { OutboundMessage } from '../message.js';

/** The most that Twilio takes in one message; other gateways take less or bill more. In UTF-16 units. */
export const smsTextLimit = 1600;

/** Refuses what no SMS can carry, before anything leaves. */
export function checkOutbound(message: OutboundMessage): void {
  if (message.to.kind !== 'phone') {
    throw new ChannelError('not_reachable', 'An SMS goes to a phone number only.', { retry: 'never' });
  }
  if (message.attachments.length > 0) {
    throw new ChannelError('attachments_unsupported', 'An SMS carries no files.', { retry: 'never' });
  }
  if (message.text.trim() === '') {
    throw new ChannelError('empty', 'The message holds no text.', { retry: 'never' });
  }
  if (message.text.length > smsTextLimit) {
    throw new ChannelError('too_long', `An SMS takes up to ${String(smsTextLimit)} characters.`, { retry: 'never' });
  }
}
