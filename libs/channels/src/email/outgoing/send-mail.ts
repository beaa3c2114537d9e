import type { Readable } from 'node:stream';
import { ChannelError, type ChannelAccount } from '../../channel-adapter.js';
import type { OutboundMessage } from '../../message.js';
import { normaliseEmail } from '../email-address.js';
import { renderMail, type MailSender, type RenderedMail } from '../render-mail.js';
import { smtpFailure, withoutSecrets } from '../smtp-failure.js';
import { HandOverError, type SmtpLogin, type SmtpPools, type Taken } from '../smtp-pools.js';
import { refuseTooMuch } from './file-limits.js';
import { idsInAnswer, type SentMail } from './other-ids.js';
import type { OutgoingMail } from './outgoing-mail.js';
import { outgoingOf } from './outgoing-settings.js';
import { PartlyRefused } from './partly-refused.js';
import { largestCopyBytes, type AppendSent } from './sent-copy.js';

/** An account as far as sending goes. */
export interface SendingSettings extends MailSender {
  smtp: Omit<SmtpLogin, 'password' | 'accessToken'>;
  smtpPassword: string;
}

/** What sending needs besides the mail. */
export interface SendingMeans {
  pools: SmtpPools;
  /** Absent where the hub has no way into mailboxes. */
  appendSent?: AppendSent | undefined;
  /** Told when a mail left but its copy did not reach the Sent folder. */
  onCopyLost?: ((accountId: string, error: unknown) => void) | undefined;
  /** A token to sign in with instead of the password; null for an account that has none. */
  accessToken?: ((account: ChannelAccount) => Promise<string | null>) | undefined;
}

/**
 * Sends one mail once. Throws ChannelError; PartlyRefused for a mail that only some of its recipients have. The copy for the Sent folder
 * is made after, and nothing waits for it.
 */
export async function sendMail(
  message: OutboundMessage,
  account: ChannelAccount<SendingSettings>,
  means: SendingMeans,
): Promise<SentMail> {
  const { settings } = account;
  refuseTooMuch(message.attachments);
  const mail = renderMail(message, settings);
  const wantsCopy = means.appendSent !== undefined && outgoingOf(settings).sentCopy && !isForSome(message);
  try {
    const login = await loginOf(account, means);
    const taken = await means.pools.send(account.id, login, mail, wantsCopy ? largestCopyBytes : 0);
    if (wantsCopy) {
      keepCopy(account, taken, means);
    }
    tellWhoWasTurnedAway(taken, settings);
    return {
      providerId: mail.messageId,
      state: 'sent',
      otherIds: idsInAnswer(taken.answer.response ?? '', settings.smtp.host, mail.messageId),
    };
  } catch (error) {
    throw asChannelError(error, settings);
  } finally {
    closeFiles(mail);
  }
}

async function loginOf(account: ChannelAccount<SendingSettings>, { accessToken }: SendingMeans): Promise<SmtpLogin> {
  const { smtp, smtpPassword } = account.settings;
  const token = (await accessToken?.(account)) ?? null;
  return { ...smtp, password: smtpPassword, ...(token !== null && { accessToken: token }) };
}

/** A mail that goes to those only who missed it left before, and its copy is there since then. */
function isForSome(message: OutboundMessage): boolean {
  const mail: OutgoingMail | null = message.mail;
  return (mail?.onlyTo ?? null) !== null;
}

function tellWhoWasTurnedAway({ answer }: Taken, { smtpPassword }: SendingSettings): void {
  const refusals = (answer.rejectedErrors ?? []).map(({ recipient = '', response, responseCode, message }) => ({
    address: normaliseEmail(recipient) ?? recipient,
    isPassing: responseCode !== undefined && responseCode >= 400 && responseCode < 500,
    words: withoutSecrets(response ?? message, [smtpPassword]),
  }));
  if (refusals.length > 0) {
    throw new PartlyRefused(refusals);
  }
}

function keepCopy(account: ChannelAccount, { raw }: Taken, { appendSent, onCopyLost }: SendingMeans): void {
  const copying =
    raw === null ? Promise.reject(new Error('The mail is too large to be copied.')) : appendSent?.(account, raw);
  copying?.catch((error: unknown) => onCopyLost?.(account.id, error));
}

function closeFiles({ attachments }: RenderedMail): void {
  for (const { content } of attachments ?? []) {
    (content as Readable).destroy();
  }
}

function asChannelError(error: unknown, { smtpPassword }: SendingSettings): ChannelError {
  if (error instanceof ChannelError) {
    return error;
  }
  return error instanceof HandOverError
    ? smtpFailure(error.cause, error.handedOver, [smtpPassword])
    : new ChannelError('unsendable', 'The mail could not be put together.', { retry: 'soon', cause: error });
}
