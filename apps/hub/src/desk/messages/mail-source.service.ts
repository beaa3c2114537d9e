import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { closeMailReaders, mailPageApart, withPictures, type AgentChoice, type MailPage } from '#channels';
import { HubConfig } from '#config';
import { GuardedAccess, isWithheld } from '../../auth/access.js';
import type { Actor } from '../../auth/actor.js';
import { recordAct } from '../../auth/record-act.js';
import { Database } from '../../database/database.js';
import { notFound } from '../../platform/errors/api-error.js';
import { guardAddresses } from '../../platform/outbound/guard-addresses.js';
import { ChannelDirectory } from '../../settings/channel-directory.service.js';
import { restriction, restrictionTables } from '../message-rows.query.js';

/** A mail as it came, with the message that was made of it. */
export interface SourceMail {
  conversationId: string;
  seq: number;
  channelId: string;
  externalId: string;
  subject: string;
  raw: Buffer;
  /** What the inbox takes mail without a charset for; undefined where it says nothing. */
  fallbackCharset: string | undefined;
}

interface SourceRow {
  conversation_id: string;
  seq: number;
  channel_id: string;
  external_id: string;
  subject: string | null;
  restricted: boolean;
  queue_id: string | null;
}

/** The raw bytes of mails, for whoever may read the message; anything else is not there for them. */
@Injectable()
export class MailSource implements OnApplicationShutdown {
  private readonly agentFor: AgentChoice;

  constructor(
    private readonly database: Database,
    private readonly access: GuardedAccess,
    private readonly channels: ChannelDirectory,
    config: HubConfig,
  ) {
    this.agentFor = guardAddresses(config.outboundAllow);
  }

  async onApplicationShutdown(): Promise<void> {
    await closeMailReaders();
  }

  async page(actor: Actor, id: string, images: boolean): Promise<MailPage> {
    const { raw, fallbackCharset } = await this.get(actor, id);
    const page = await mailPageApart(raw, { images, ...(fallbackCharset !== undefined && { fallbackCharset }) });
    return images ? withPictures(page, this.agentFor) : page;
  }

  /** The mail as a file. Who takes a copy out of the hub is written down. */
  async download(actor: Actor, id: string): Promise<{ name: string; bytes: Buffer }> {
    const { raw, subject } = await this.get(actor, id);
    await this.database.transaction((tx) =>
      recordAct(tx, { actorId: actor.id, action: 'message.downloaded', subject: id }),
    );
    return { name: fileName(subject), bytes: raw };
  }

  /** Throws notFound for a message that is no mail, that is redacted, or that the actor may not read. */
  async get(actor: Actor, id: string): Promise<SourceMail> {
    const [row] = await this.database.query<SourceRow>(
      `select m.conversation_id, m.seq, m.channel_id, m.external_id, m.content ->> 'subject' as subject, ${restriction}
       from message m join channel ch on ch.id = m.channel_id ${restrictionTables}
       where m.id = $1 and ch.kind = 'email' and m.redacted_at is null and m.external_id is not null`,
      [id],
    );
    const [found] = row ? await this.access.listPersons(actor, [row.conversation_id]) : [];
    if (!row || !found || isWithheld(row, found.person)) {
      throw notFound('This mail');
    }
    return {
      conversationId: row.conversation_id,
      seq: row.seq,
      channelId: row.channel_id,
      externalId: row.external_id,
      subject: row.subject ?? '',
      raw: await this.bytesOf(row),
      fallbackCharset: this.fallbackOf(row.channel_id),
    };
  }

  private async bytesOf({ channel_id, external_id }: SourceRow): Promise<Buffer> {
    const [event] = await this.database.query<{ raw: Buffer }>(
      'select raw from inbound_event where channel_id = $1 and external_id = $2',
      [channel_id, external_id],
    );
    if (!event || event.raw.length === 0) {
      throw notFound('The original of this mail');
    }
    return event.raw;
  }

  private fallbackOf(channelId: string): string | undefined {
    const settings = this.channels.find(channelId)?.account.settings as { fallbackCharset?: string } | undefined;
    return settings?.fallbackCharset;
  }
}

function fileName(subject: string): string {
  const bare = subject
    .replace(/[\p{Cc}\p{Bidi_Control}/\\:*?"<>|]+/gu, ' ')
    .trim()
    .slice(0, 120)
    .toWellFormed();
  return `${bare || 'mail'}.eml`;
}
