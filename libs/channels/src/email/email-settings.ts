import { z } from 'zod';
import { normaliseEmail } from './email-address.js';
import { imapConfig } from './imap/imap-settings.js';
import { oauthConfig, oauthSecrets } from './oauth-settings.js';
import { outgoingConfig, outgoingSecrets } from './outgoing/outgoing-settings.js';

const mailAddress = z
  .string()
  .max(254)
  .refine((written) => normaliseEmail(written) !== null, 'This is not an e-mail address.')
  .overwrite((written) => normaliseEmail(written) ?? written);

const host = z.string().trim().min(1).max(253);

/** What an administrator sets for a mailbox and may see again. */
export const emailConfig = z.object({
  address: mailAddress.describe('The address customers write to'),
  fromName: z.string().trim().max(100).describe('The name customers see'),
  aliases: z.array(mailAddress).max(50).default([]).describe('Other addresses that reach this mailbox'),
  verifySenders: z
    .boolean()
    .default(true)
    .describe('Ask DNS whether senders are who they say; off behind a server that changes mails on the way'),
  fallbackCharset: z
    .enum(['windows-1256', 'windows-1252', 'windows-1251', 'windows-1254', 'iso-8859-6'])
    .default('windows-1256')
    .describe('How to read old mail that names no charset and is no UTF-8'),
  smtp: z.object({
    host: host.describe('The server that sends for this address'),
    port: z.number().int().min(1).max(65_535).default(587),
    secure: z.boolean().default(false).describe('TLS from the start (port 465); otherwise STARTTLS'),
    user: z.string().max(254).default('').describe('Empty when the server asks for no sign-in'),
  }),
  imap: imapConfig
    .optional()
    .describe('The mailbox that is read; without it mail comes by the built-in mail server only'),
  oauth: oauthConfig.optional().describe('Sign in with Google or Microsoft instead of a password'),
  outgoing: outgoingConfig.optional().describe('How its mails look and sign themselves'),
});

export const emailSecrets = z.object({
  smtpPassword: z.string().max(1_000).default(''),
  imapPassword: z.string().max(1_000).optional().describe('Empty when it is the one for sending'),
  ...oauthSecrets.shape,
  ...outgoingSecrets.shape,
});

/** A mailbox as its adapter uses it. */
export type EmailSettings = z.infer<typeof emailConfig> & z.infer<typeof emailSecrets>;

/** Every address at which an account receives, for the receiver's check of recipients and for parseEmail. */
export function emailAddresses({ address, aliases }: Pick<EmailSettings, 'address' | 'aliases'>): string[] {
  return [...new Set([address, ...aliases])];
}
