import { ChannelError } from '../../channel-adapter.js';
import type { OutboundAttachment } from '../../message.js';

/** What most servers take once base64 has made it a third larger: all files of one mail together. */
export const fileLimits = { maxBytes: 18 * 1024 * 1024, maxCount: 20 };

/** Throws a ChannelError that is never retried for files which no server would take. None of them is opened for that. */
export function refuseTooMuch(files: readonly OutboundAttachment[]): void {
  const { maxBytes, maxCount } = fileLimits;
  if (files.length > maxCount) {
    throw new ChannelError('too_many_files', `A mail takes at most ${maxCount} files.`, { retry: 'never' });
  }
  if (files.reduce((sum, { bytes }) => sum + bytes, 0) > maxBytes) {
    const most = `${maxBytes / 1024 / 1024} MB`;
    throw new ChannelError('too_large', `The files of a mail may be ${most} together.`, { retry: 'never' });
  }
}
