import {
  type Capabilities,
  type ChannelAccount,
  type ChannelAdapter,
  ChannelError,
  type CheckStep,
  type Polled,
  type Sent,
} from '../channel-adapter.js';
import type { OutboundMessage } from '../message.js';
import type { AgentChoice } from '../wire/http-exchange.js';
import { checkAccount } from './check-account.js';
import { emailConfig, emailSecrets, type EmailSettings } from './email-settings.js';
import { Mailboxes, type MailboxesOptions, type OnSecrets } from './mailboxes.js';
import { grantOf } from './oauth-settings.js';
import { fileLimits } from './outgoing/file-limits.js';
import { sendMail, type SendingMeans } from './outgoing/send-mail.js';
import { SmtpPools, type SmtpPatience } from './smtp-pools.js';

export { emailAddresses, emailConfig, type EmailSettings } from './email-settings.js';

/** An adapter that holds connections, which must be ended before the program does. */
export interface EmailAdapter extends ChannelAdapter<EmailSettings> {
  send(message: OutboundMessage, account: ChannelAccount<EmailSettings>): Promise<Sent>;
  poll(account: ChannelAccount<EmailSettings>, cursor: unknown, signal: AbortSignal): Promise<Polled>;
  connect(account: ChannelAccount<EmailSettings>): Promise<void>;
  disconnect(account: ChannelAccount<EmailSettings>): void;
  check(account: ChannelAccount<EmailSettings>, onStep: (step: CheckStep) => void): Promise<void>;
  close(): void;
}

/** What a deployment decides for all mailboxes. */
export interface EmailAdapterOptions extends Omit<SendingMeans, 'pools'> {
  patience?: SmtpPatience;
  agentFor?: AgentChoice;
  onSecrets?: OnSecrets;
  mailboxes?: Omit<MailboxesOptions, 'agentFor' | 'onSecrets'>;
}

const capabilities: Capabilities = {
  reaches: ['email'],
  textLimit: null,
  attachments: fileLimits,
  subject: true,
  typing: false,
  idempotency: 'declared',
};

/**
 * E-mail out through each account's own SMTP server, and in from its mailbox; mail that comes to the built-in server goes through
 * startMailReceiver and parseEmail. A mail keeps the Message-ID it was given over every try, so a repeat names itself as one to the
 * recipient's server.
 */
export function createEmailAdapter(options: EmailAdapterOptions = {}): EmailAdapter {
  const { agentFor, onCopyLost } = options;
  const patience = options.patience ?? { connectMs: 15_000, answerMs: 120_000 };
  const pools = new SmtpPools(patience, agentFor);
  const mailboxes = new Mailboxes({ ...options.mailboxes, agentFor, onSecrets: options.onSecrets });
  const {
    accessToken = (account: ChannelAccount) => mailboxes.accessToken(account as ChannelAccount<EmailSettings>),
    appendSent = (account: ChannelAccount, raw: Uint8Array) =>
      mailboxes.appendSent(account as ChannelAccount<EmailSettings>, raw),
  } = options;
  const sendOnce = (message: OutboundMessage, account: ChannelAccount<EmailSettings>) =>
    sendMail(message, account, { pools, appendSent, onCopyLost, accessToken });
  return {
    kind: 'email',
    capabilities,
    config: emailConfig,
    secrets: emailSecrets,
    send: (message, account) =>
      sendOnce(message, account).catch((error: unknown) => {
        // A token may have been revoked before its time. Nobody who is not signed in hands over a mail, so that none is sent twice.
        if (!(error instanceof ChannelError) || error.code !== 'unauthorised' || grantOf(account.settings) === null) {
          throw error;
        }
        mailboxes.dropToken(account.id);
        return sendOnce(message, account);
      }),
    poll: (account, cursor, signal) => mailboxes.poll(account, cursor, signal),
    isPolled: ({ settings }) => settings.imap !== undefined,
    connect: async ({ id }) => pools.close(id),
    disconnect: ({ id }) => mailboxes.disconnect(id),
    check: (account, onStep) => checkAccount(account, onStep, { mailboxes, patience, agentFor }),
    close: () => {
      pools.closeAll();
      mailboxes.closeAll();
    },
  };
}
