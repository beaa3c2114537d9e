import { z } from 'zod';

const secret = z.string().regex(/^(whsec_[A-Za-z0-9+/]{24,}={0,2}|(?!whsec_).{16,})$/, {
  error: 'must be whsec_ and base64, or at least 16 characters',
});

/** Settings of an organisation's own channel: a program of theirs, joined by signed webhooks in both directions. */
export const messagesConfig = z.object({
  /** Where replies go. Without it the channel only takes messages in. */
  url: z.url({ protocol: /^https?$/, error: 'must be an http or https address' }).optional(),
  /**
   * The space that the program's ids of people live in. Channels that share a space share people; by default each channel is a
   * space of its own, because user 42 of one system is not user 42 of another.
   */
  namespace: z
    .string()
    .regex(/^[\w.-]{1,60}$/, { error: 'must have 1 to 60 letters, digits, dots or hyphens' })
    .optional(),
});

export const messagesSecrets = z.object({
  /** Signs both directions, in the form of Standard Webhooks. */
  secret,
  /** The former secret while the new one is being rolled out; it only proves what comes in. */
  previousSecret: secret.optional(),
});

export type MessagesSettings = z.output<typeof messagesConfig> & z.output<typeof messagesSecrets>;
