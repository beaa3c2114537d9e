import { z } from 'zod';
import type { ChannelAdapter } from '../channel-adapter.js';
import { webInside } from './web-inside.js';

/** A host may begin with a star, as in a content policy: `https://*.example.com` is every host below. */
const originShape = /^https?:\/\/(\*\.)?[a-z0-9._-]*[a-z0-9](:\d+)?$|^https?:\/\/\[[0-9a-f:]+\](:\d+)?$/;

const origin = z
  .url({ protocol: /^https?$/, error: 'must be an http or https address' })
  .transform((url) => new URL(url).origin)
  .refine((url) => originShape.test(url), { error: 'must be a host, or a star and a host' });

const colour = z.string().regex(/^#[0-9a-f]{6}$/i, { error: 'must be a colour such as #006f77' });

const twoLanguages = z
  .object({ en: z.string().max(500).default(''), fa: z.string().max(500).default('') })
  .prefault({});

/** Settings of a web chat. */
export const webConfig = z.object({
  /** The sites that may show the widget; none means every site. */
  allowedOrigins: z.array(origin).max(50).default([]),
  /** Also programs that send no Origin, such as the web views of mobile apps. */
  allowApps: z.boolean().default(false),
  title: twoLanguages,
  greeting: twoLanguages,
  /** Of the button and the head of the chat. */
  colour: colour.default('#006f77'),
  /** The corner that the button stands in: `end` is on the right in English and on the left in Persian. */
  side: z.enum(['end', 'start']).default('end'),
  /** What the `iss` of a site's tokens must be; '' when it does not matter. */
  issuer: z.string().max(200).default(''),
  /** How many people who never wrote before may begin in a minute; beyond it they are asked to wait. */
  newChatsPerMinute: z.int().min(1).max(10_000).default(120),
  inside: webInside.prefault({}),
});

const key = z.object({
  kid: z.string().min(1).max(100),
  secret: z.string().min(32, { error: 'must have at least 32 characters' }).max(500),
  /** ISO 8601, UTC. */
  madeAt: z.iso.datetime(),
});

export const webSecrets = z.object({
  /** Sign the short tokens by which a site proves who its signed-in visitors are; two while one replaces the other. */
  identityKeys: z.array(key).max(5).optional(),
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
