import { readFile } from 'node:fs/promises';
import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import {
  emailAddresses,
  mailLimits,
  parseEmailApart,
  startMailReceiver,
  verifySender,
  type EmailSettings,
  type MailReceiver as Receiver,
  type ReceivedMail,
} from '#channels';
import { HubConfig } from '#config';
import { failpoint } from '#failpoint';
import { Log } from '../platform/operations/log.js';
import { ChannelDirectory, type OpenChannel } from '../settings/channel-directory.service.js';
import { InboundSpool } from './inbound-spool.service.js';

/** The built-in mail server, when MAIL_LISTEN names a place for it. A mail is acknowledged once it is stored, and never before. */
@Injectable()
export class MailReceiver implements OnApplicationBootstrap, OnApplicationShutdown {
  private receiver: Receiver | null = null;

  constructor(
    private readonly config: HubConfig,
    private readonly channels: ChannelDirectory,
    private readonly spool: InboundSpool,
    private readonly log: Log,
  ) {}

  /** The port it listens on; null when it does not. */
  get port(): number | null {
    return this.receiver?.port ?? null;
  }

  async onApplicationBootstrap(): Promise<void> {
    const { mail } = this.config;
    if (!mail || this.config.role === 'worker') {
      return;
    }
    this.receiver = await startMailReceiver({
      listen: mail.listen,
      ...(mail.tls && {
        tls: { cert: await readFile(mail.tls.certFile, 'utf8'), key: await readFile(mail.tls.keyFile, 'utf8') },
      }),
      maxBytes: mailLimits.mailBytes,
      accounts: (address) => this.mailboxOf(address),
      deliver: (received) => this.deliver(received),
      log: {
        info: (fields, text) => this.log.info(text, fields as Record<string, unknown>),
        warn: (fields, text) => this.log.warn(text, fields as Record<string, unknown>),
      },
    });
    this.log.info('The mail receiver listens.', { port: this.receiver.port });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.receiver?.close();
  }

  private mailboxOf(address: string): OpenChannel | null {
    return (
      this.channels
        .all()
        .find(
          (channel) =>
            channel.kind === 'email' && channel.enabled && emailAddresses(settingsOf(channel)).includes(address),
        ) ?? null
    );
  }

  private async deliver(received: ReceivedMail): Promise<void> {
    const channel = this.channels.find(received.accountId);
    if (!channel) {
      throw new Error('the mailbox was removed while its mail came in');
    }
    const settings = settingsOf(channel);
    const message = await parseEmailApart(received.raw, {
      envelopeTo: received.envelopeTo,
      envelopeFrom: received.envelopeFrom,
      accountAddresses: emailAddresses(settings),
      fallbackCharset: settings.fallbackCharset,
      ...(await verifySender(received, { enabled: settings.verifySenders })),
    });
    failpoint('mail.before-store');
    await this.spool.take(channel, [message]);
    failpoint('mail.before-answer');
  }
}

function settingsOf(channel: OpenChannel): EmailSettings {
  return channel.account.settings as EmailSettings;
}
