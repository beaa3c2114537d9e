import type { Readable } from 'node:stream';
import { z } from 'zod';
import {
  type Capabilities,
  type ChannelAccount,
  type ChannelAdapter,
  ChannelError,
  type Sent,
} from '../channel-adapter.js';
import type { OutboundMessage } from '../message.js';
import type { AgentChoice } from '../wire/http-exchange.js';
import { normaliseEmail } from './email-address.js';
import { renderMail } from './render-mail.js';
import { smtpFailure } from './smtp-failure.js';
import { HandOverError, SmtpPools, type SmtpLogin, type SmtpPatience } from './smtp-pools.js';

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
  smtp: z.object({
    host: host.describe('The server that sends for this address'),
    port: z.number().int().min(1).max(65_535).default(587),
    secure: z.boolean().default(false).describe('TLS from the start (port 465); otherwise STARTTLS'),
    user: z.string().max(254).default('').describe('Empty when the server asks for no sign-in'),
  }),
});

export const emailSecrets = z.object({ smtpPassword: z.string().max(1_000).default('') });

/** A mailbox as its adapter uses it. */
export type EmailSettings = z.infer<typeof emailConfig> & z.infer<typeof emailSecrets>;

/** An adapter that holds connections, which must be ended before the program does. */
export interface EmailAdapter extends ChannelAdapter<EmailSettings> {
  send(message: OutboundMessage, account: ChannelAccount<EmailSettings>): Promise<Sent>;
  connect(account: ChannelAccount<EmailSettings>): Promise<void>;
  close(): void;
}

const capabilities: Capabilities = {
  reaches: ['email'],
  textLimit: null,
  // What most servers take once base64 has made it a third larger.
  attachments: { maxBytes: 18 * 1024 * 1024, maxCount: 20 },
  subject: true,
  typing: false,
  idempotency: 'declared',
};

/**
 * E-mail out through each account's own SMTP server. Mail in comes through startMailReceiver and parseEmail. A mail keeps the
 * Message-ID it was given over every try, so a repeat names itself as one to the recipient's server.
 */
export function createEmailAdapter(options: { patience?: SmtpPatience; agentFor?: AgentChoice } = {}): EmailAdapter {
  const pools = new SmtpPools(options.patience ?? { connectMs: 15_000, answerMs: 120_000 }, options.agentFor);
  return {
    kind: 'email',
    capabilities,
    config: emailConfig,
    secrets: emailSecrets,
    send: (message, account) => send(pools, message, account),
    connect: async ({ id }) => pools.close(id),
    close: () => pools.closeAll(),
  };
}

/** Every address at which an account receives, for the receiver's check of recipients and for parseEmail. */
export function emailAddresses({ address, aliases }: Pick<EmailSettings, 'address' | 'aliases'>): string[] {
  return [...new Set([address, ...aliases])];
}

async function send(pools: SmtpPools, message: OutboundMessage, account: ChannelAccount<EmailSettings>): Promise<Sent> {
  const { settings } = account;
  const mail = renderMail(message, settings);
  try {
    const { rejectedErrors } = await pools.send(account.id, loginOf(settings), mail);
    const refusal = rejectedErrors?.find(({ recipient }) => recipient === message.to.address);
    if (refusal) {
      // A copy went out, but the customer himself was turned away: that is no delivery.
      throw new HandOverError(refusal, false);
    }
    return { providerId: mail.messageId, state: 'sent' };
  } catch (error) {
    throw asChannelError(error, settings);
  } finally {
    for (const { content } of mail.attachments ?? []) {
      (content as Readable).destroy();
    }
  }
}

function loginOf({ smtp, smtpPassword }: EmailSettings): SmtpLogin {
  return { ...smtp, password: smtpPassword };
}

function asChannelError(error: unknown, { smtpPassword }: EmailSettings): ChannelError {
  return error instanceof HandOverError
    ? smtpFailure(error.cause, error.handedOver, [smtpPassword])
    : new ChannelError('unsendable', 'The mail could not be put together.', { retry: 'soon', cause: error });
}
