import { type ChannelAccount, ChannelError, type Polled } from '../channel-adapter.js';
import type { InboundEvent } from '../message.js';
import type { AgentChoice } from '../wire/http-exchange.js';
import { AccessTokens } from './access-tokens.js';
import { parseEmailApart } from './apart/read-apart.js';
import { emailAddresses, type EmailSettings } from './email-settings.js';
import { imapFailure } from './imap/imap-failure.js';
import { ImapLine, type ImapLogin } from './imap/imap-line.js';
import { ImapMailbox, type ImapTimes, imapTimes } from './imap/imap-mailbox.js';
import type { ImapSettings } from './imap/imap-settings.js';
import { readMailboxMail } from './imap/read-mailbox-mail.js';
import type { SweepRoom } from './imap/sweep-folder.js';
import { grantOf } from './oauth-settings.js';
import { mailLimits, type ParseMail } from './parse-email.js';
import type { DnsLookup } from './verify-sender.js';

type Account = ChannelAccount<EmailSettings>;

/**
 * Stores secrets which a provider has put in place of others; called as soon as they are known, whatever comes of the work they are
 * for. `replaced` are those that the account was opened with: what an administrator has entered since is newer than either.
 */
export type OnSecrets = (
  accountId: string,
  secrets: Record<string, string>,
  replaced: Record<string, string>,
) => Promise<void>;

/** What a deployment decides for the reading of all mailboxes; tests shorten the times. */
export interface MailboxesOptions {
  agentFor?: AgentChoice | undefined;
  times?: Partial<ImapTimes>;
  lookup?: DnsLookup;
  now?: () => Date;
  onSecrets?: OnSecrets | undefined;
  /** Instead of the threads in which mails are read. */
  parse?: ParseMail;
}

/** Enough to catch up fast, and little enough to be held in memory and stored before anybody loses patience. */
const room: SweepRoom = { mails: 50, bytes: 32 * 1024 * 1024, mailBytes: mailLimits.mailBytes };

/** The mailboxes that this process reads, one long connection each, and the permissions by which accounts sign in. */
export class Mailboxes {
  readonly times: ImapTimes;
  private readonly open = new Map<string, ImapMailbox>();
  private readonly tokens: AccessTokens;
  private readonly now: () => Date;

  constructor(private readonly options: MailboxesOptions) {
    this.times = { ...imapTimes, ...options.times };
    this.now = options.now ?? (() => new Date());
    this.tokens = new AccessTokens(
      options.agentFor,
      () => this.now().getTime(),
      async (accountId, oauthRefreshToken, { refreshToken }) =>
        await options.onSecrets?.(accountId, { oauthRefreshToken }, { oauthRefreshToken: refreshToken }),
    );
  }

  async poll(account: Account, cursor: unknown, signal: AbortSignal): Promise<Polled> {
    const imap = imapOf(account);
    const mailbox = this.open.get(account.id) ?? this.newMailbox(account.id);
    const news = await this.signedIn(account, (login) => mailbox.poll(login, imap, { cursor, signal }));
    const owner = {
      addresses: emailAddresses(account.settings),
      verifySenders: account.settings.verifySenders,
      fallbackCharset: account.settings.fallbackCharset,
      trustedAuthServer: imap.trustedAuthServer,
      parse: this.options.parse ?? parseEmailApart,
      ...(this.options.lookup && { lookup: this.options.lookup }),
    };
    const events: InboundEvent[] = [];
    for (const mail of news.mails) {
      if (signal.aborted) {
        // Nothing of a portion that is not whole may be stored with its cursor.
        return { events: [], cursor, ...this.replaced(account) };
      }
      events.push(await readMailboxMail(mail, owner));
    }
    return { events, cursor: news.cursor, ...this.replaced(account) };
  }

  /** A token for SMTP or IMAP; null for an account that signs in with a password. Throws ChannelError. */
  async accessToken(account: Account): Promise<string | null> {
    const grant = grantOf(account.settings);
    return grant && (await this.tokens.get(account.id, grant));
  }

  /** Gives up a token that a server did not take, so that the next one is asked for. */
  dropToken(accountId: string): void {
    this.tokens.drop(accountId);
  }

  /** Puts a mail of ours among the sent ones. It may be another process that reads the mailbox, so this has its own connection. */
  async appendSent(account: Account, raw: Uint8Array): Promise<void> {
    const imap = imapOf(account);
    const login = await this.loginOf(account);
    const line = await ImapLine.open(login, this.times, this.options.agentFor);
    try {
      const path = imap.sentFolder || (await line.folders()).sent;
      if (path === null) {
        throw new Error('the mailbox has no folder for sent mail');
      }
      await line.append(path, raw);
    } catch (error) {
      throw imapFailure(error, [login.password, login.accessToken ?? '']);
    } finally {
      line.close();
    }
  }

  async loginOf(account: Account): Promise<ImapLogin> {
    const { host, port, secure, user } = imapOf(account);
    const { settings } = account;
    return {
      host,
      port,
      secure,
      user: user || settings.address,
      password: settings.imapPassword || settings.smtpPassword,
      accessToken: await this.accessToken(account),
    };
  }

  disconnect(accountId: string): void {
    this.open.get(accountId)?.close();
    this.open.delete(accountId);
  }

  closeAll(): void {
    for (const accountId of this.open.keys()) {
      this.disconnect(accountId);
    }
  }

  /** A token that the server does not take may have been revoked before its time: a new one is tried before anybody is told. */
  private async signedIn<T>(account: Account, work: (login: ImapLogin) => Promise<T>): Promise<T> {
    const login = await this.loginOf(account);
    try {
      return await work(login);
    } catch (error) {
      if (login.accessToken === null || !(error instanceof ChannelError) || error.code !== 'unauthorised') {
        throw error;
      }
      this.tokens.drop(account.id);
      return await work(await this.loginOf(account));
    }
  }

  private replaced(account: Account): Pick<Polled, 'secrets'> {
    const grant = grantOf(account.settings);
    const oauthRefreshToken = grant && this.tokens.replacementOf(account.id, grant);
    return oauthRefreshToken === null ? {} : { secrets: { oauthRefreshToken } };
  }

  private newMailbox(accountId: string): ImapMailbox {
    const mailbox = new ImapMailbox({ times: this.times, room, agentFor: this.options.agentFor, now: this.now });
    this.open.set(accountId, mailbox);
    return mailbox;
  }
}

function imapOf({ settings }: Account): ImapSettings {
  if (!settings.imap) {
    throw new ChannelError('misconfigured', 'This account names no mailbox to read.', { retry: 'after-reconnect' });
  }
  return settings.imap;
}
