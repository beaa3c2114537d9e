import type { ChannelAccount } from '../../channel-adapter.js';

/**
 * Puts a mail that has left into the account's Sent folder, as seen. Called after the send has succeeded and only when the
 * account's settings ask for it; a rejection is told and never repeats the send. `raw` is the mail without its DKIM signature.
 */
export type AppendSent = (account: ChannelAccount, raw: Uint8Array) => Promise<void>;

/** The largest mail that is copied, in bytes: it is held in memory until the folder has it. */
export const largestCopyBytes = 30 * 1024 * 1024;
