import { ChannelError } from '../channel-adapter.js';
import type { OutboundMessage } from '../message.js';
import { countSegments } from './segments.js';
import type { Fits } from './split-text.js';

/** What an agent or a bot may write at once, in UTF-16 units. Longer than a provider's message: it leaves as several. */
export const smsTextLimit = 4800;

/** The most that Twilio and most gateways take in one message, in UTF-16 units. */
const messageLimit = 1600;

/** Says whether a text can go as one message of a provider that takes so many segments. */
export function fitsIn({ segments }: { segments?: number | undefined }): Fits {
  return (text) => text.length <= messageLimit && (segments === undefined || countSegments(text).segments <= segments);
}

/** Refuses what no SMS can carry, before anything leaves. `takesFiles`: an MMS, whose files need no words. */
export function checkOutbound(message: OutboundMessage, takesFiles = false): void {
  if (message.to.kind !== 'phone') {
    throw new ChannelError('not_reachable', 'An SMS goes to a phone number only.', { retry: 'never' });
  }
  if (message.attachments.length > 0 && !takesFiles) {
    throw new ChannelError('attachments_unsupported', 'An SMS carries no files.', { retry: 'never' });
  }
  if (message.text.trim() === '' && message.attachments.length === 0) {
    throw new ChannelError('empty', 'The message holds no text.', { retry: 'never' });
  }
  if (message.text.length > smsTextLimit) {
    throw new ChannelError('too_long', `An SMS takes up to ${String(smsTextLimit)} characters.`, { retry: 'never' });
  }
}
