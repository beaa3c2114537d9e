import { z } from 'zod';
import type { ChannelAdapter } from '../channel-adapter.js';

const origin = z
  .url({ protocol: /^https?$/, error: 'must be an http or https address' })
  .transform((url) => new URL(url).origin);

const twoLanguages = z
  .object({ en: z.string().max(500).default(''), fa: z.string().max(500).default('') })
  .prefault({});

/** Settings of a web chat. */
export const webConfig = z.object({
  /** The sites that may show the widget; none means every site. */
  allowedOrigins: z.array(origin).max(50).default([]),
  title: twoLanguages,
  greeting: twoLanguages,
});

export const webSecrets = z.object({
  /** Signs the short tokens by which a site proves who its logged-in visitors are. */
  identitySecret: z.string().min(32, { error: 'must have at least 32 characters' }).max(500).optional(),
});

export type WebSettings = z.output<typeof webConfig> & z.output<typeof webSecrets>;

/**
 * The chat on a web page. Its traffic is the visitor's socket, which the hub holds itself, so there is no provider to read or
 * to send to: a stored message is a delivered one, and repeats are told apart by the visitor's own message ids.
 */
export function createWebAdapter(): ChannelAdapter<WebSettings> {
  return {
    kind: 'web',
    capabilities: {
      reaches: ['web'],
      textLimit: 10_000,
      attachments: { maxBytes: 25 * 1024 * 1024, maxCount: 10 },
      subject: false,
      typing: true,
      idempotency: 'provider',
    },
    config: webConfig,
    secrets: webSecrets,
  };
}
