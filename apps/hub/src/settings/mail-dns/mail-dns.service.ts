import { isIP } from 'node:net';
import { Inject, Injectable } from '@nestjs/common';
import {
  checkDnsRecords,
  makeDkimKey,
  outgoingOf,
  type DnsQuestions,
  type DnsRecord,
  type EmailSettings,
} from '#channels';
import { HubConfig } from '#config';
import { recordAct } from '../../auth/record-act.js';
import { Database } from '../../database/database.js';
import { notFound } from '../../platform/errors/api-error.js';
import { ChannelDirectory, type OpenChannel } from '../channel-directory.service.js';
import { ChannelSettings } from '../channels/channel-settings.service.js';

/** The injection token of the questions to DNS. */
export const DNS_QUESTIONS = Symbol('dns questions');

/** The records that a mail channel's domain needs, and what DNS has. */
export interface MailDnsView {
  domain: string;
  records: DnsRecord[];
}

/** What an administrator publishes so that mails of a channel are believed and answers arrive. */
@Injectable()
export class MailDns {
  constructor(
    private readonly database: Database,
    private readonly directory: ChannelDirectory,
    private readonly channels: ChannelSettings,
    private readonly config: HubConfig,
    @Inject(DNS_QUESTIONS) private readonly dns: DnsQuestions,
  ) {}

  async read(channelId: string): Promise<MailDnsView> {
    const { settings } = this.getMailbox(channelId);
    const { address, smtp, outgoing, dkimPrivateKey } = settings;
    const subject = { address, smtpHost: smtp.host, outgoing, dkimPrivateKey, receiverHost: this.receiverHost() };
    return {
      domain: address.slice(address.lastIndexOf('@') + 1),
      records: await checkDnsRecords(subject, this.dns),
    };
  }

  /**
   * Makes a new signing key and signs with it from now on. The selector must be a new one where an older key is published, so that
   * mails on their way can still be checked.
   */
  async makeKey(actorId: string, channelId: string, selector: string): Promise<MailDnsView> {
    const { settings } = this.getMailbox(channelId);
    const [row] = await this.database.query<{ config: Record<string, unknown> }>(
      'select config from channel where id = $1',
      [channelId],
    );
    const current = outgoingOf(settings);
    const outgoing = { ...current, dkim: { selector, domain: current.dkim?.domain ?? null } };
    await this.channels.change(channelId, {
      config: { ...row?.config, outgoing },
      secrets: { dkimPrivateKey: await makeDkimKey() },
    });
    await this.database.transaction((tx) =>
      recordAct(tx, { actorId, action: 'channel.dkim_key_made', subject: channelId, details: { selector } }),
    );
    return this.read(channelId);
  }

  private getMailbox(id: string): { channel: OpenChannel; settings: EmailSettings } {
    const channel = this.directory.find(id);
    if (channel?.kind !== 'email' || channel.problem !== null) {
      throw notFound('This mail channel');
    }
    return { channel, settings: channel.account.settings as EmailSettings };
  }

  /** Mail for us comes to the name under which we are reached, when we listen for it at all. */
  private receiverHost(): string | null {
    const { mail, publicUrl } = this.config;
    const host = publicUrl === null ? '' : new URL(publicUrl).hostname;
    return mail === null || !host.includes('.') || isIP(host) !== 0 ? null : host;
  }
}
