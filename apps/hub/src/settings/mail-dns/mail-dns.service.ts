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
import { SecretBox } from '../../platform/secret-box.js';
import { ChannelDirectory, type OpenChannel } from '../channel-directory.service.js';

/** The injection token of the questions to DNS. */
export const DNS_QUESTIONS = Symbol('dns questions');

/** The records that a mail channel's domain needs, and what DNS has. */
export interface MailDnsView {
  domain: string;
  records: DnsRecord[];
}

/** A mail channel as it is stored: settings that passed its adapter's schema, and its secrets, sealed. */
interface MailboxRow {
  config: Pick<EmailSettings, 'outgoing'>;
  secrets: Buffer | null;
}

/** What an administrator publishes so that mails of a channel are believed and answers arrive. */
@Injectable()
export class MailDns {
  constructor(
    private readonly database: Database,
    private readonly directory: ChannelDirectory,
    private readonly box: SecretBox,
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
    this.getMailbox(channelId);
    const dkimPrivateKey = await makeDkimKey();
    await this.database.transaction(async (tx) => {
      const [row] = await tx.query<MailboxRow & Record<string, unknown>>(
        'select config, secrets from channel where id = $1 for no key update',
        [channelId],
      );
      if (!row) {
        throw notFound('This mail channel');
      }
      const current = outgoingOf(row.config);
      const outgoing = { ...current, dkim: { selector, domain: current.dkim?.domain ?? null } };
      const place = { table: 'channel', row: channelId, column: 'secrets' };
      const secrets = row.secrets === null ? {} : (JSON.parse(this.box.open(row.secrets, place)) as object);
      await tx.query(`update channel set config = $2, secrets = $3, key_id = '1' where id = $1`, [
        channelId,
        JSON.stringify({ ...row.config, outgoing }),
        this.box.seal(JSON.stringify({ ...secrets, dkimPrivateKey }), place),
      ]);
      await recordAct(tx, { actorId, action: 'channel.dkim_key_made', subject: channelId, details: { selector } });
    });
    await this.directory.refresh();
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
