import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import {
  emailAddresses,
  isIncomplete,
  matchKey,
  parseEmailApart,
  storableText,
  type EmailSettings,
  type InboundAttachment,
  type InboundMessage,
  type MessageContent,
} from '#channels';
import type { MessageView } from '#contract';
import type { Actor } from '../../auth/actor.js';
import { recordAct } from '../../auth/record-act.js';
import type { Transaction } from '../../database/database.js';
import { fileLimitBytes } from '../../intake/arrived-files.service.js';
import { conflict, notFound } from '../../platform/errors/api-error.js';
import { FileStorage, type StoredFile } from '../../platform/storage/file-storage.js';
import { programType } from '../../platform/storage/refused-types.js';
import { ChannelDirectory } from '../../settings/channel-directory.service.js';
import { PersonWork } from '../person-work.service.js';
import { MailSource, type SourceMail } from './mail-source.service.js';
import { MessageReader } from './message-reader.service.js';

/** A file of the new reading, in storage. */
interface ReadFile extends Pick<InboundAttachment, 'name' | 'contentId'> {
  stored: StoredFile;
}

/** Flags that say how well a mail could be read; the others say who sent it and stay as they were found on arrival. */
const readingFlags = new Set<string>(['malformed', 'oversized']);

/**
 * Reads mails again, for those that an older reader could not read well. The message keeps its place, its sender and what was found out
 * about them; its text, its files and what was read of its form are replaced.
 */
@Injectable()
export class MailReparse {
  constructor(
    private readonly source: MailSource,
    private readonly people: PersonWork,
    private readonly reader: MessageReader,
    private readonly storage: FileStorage,
    private readonly channels: ChannelDirectory,
  ) {}

  async run(actor: Actor, id: string): Promise<MessageView> {
    const mail = await this.source.get(actor, id);
    if (isIncomplete(mail.raw)) {
      throw conflict('mail_incomplete', 'Only a part of this mail was fetched, and there is no more of it to be read.');
    }
    const message = await parseEmailApart(mail.raw, {
      envelopeTo: [],
      envelopeFrom: null,
      accountAddresses: this.addressesOf(mail.channelId),
      verdict: 'none',
      ...(mail.fallbackCharset !== undefined && { fallbackCharset: mail.fallbackCharset }),
    });
    const files = await this.store(message.attachments);
    const unused = await this.people
      .run(actor, mail.conversationId, async (tx) => {
        await revise(tx, mail, message);
        const keys = await replaceFiles(tx, mail, files);
        await recordAct(tx, { actorId: actor.id, action: 'message.reparsed', subject: id });
        return keys;
      })
      .catch(async (error: unknown) => {
        await this.remove(files.map(({ stored }) => stored.key));
        throw error;
      });
    await this.remove(unused);
    return this.reader.get(id);
  }

  private addressesOf(channelId: string): string[] {
    const channel = this.channels.find(channelId);
    if (!channel) {
      throw notFound('The mailbox of this mail');
    }
    return emailAddresses(channel.account.settings as EmailSettings);
  }

  private store(attachments: readonly InboundAttachment[]): Promise<ReadFile[]> {
    return Promise.all(
      attachments.flatMap(({ name, contentId, source }) =>
        'bytes' in source
          ? [
              this.storage
                .storeBytes(source.bytes, Math.max(fileLimitBytes, source.bytes.length))
                .then((stored) => ({ name: storableText(name) || 'file', contentId, stored })),
            ]
          : [],
      ),
    );
  }

  private async remove(keys: readonly string[]): Promise<void> {
    await Promise.all(keys.map((key) => this.storage.remove(key)));
  }
}

async function revise(tx: Transaction, mail: SourceMail, message: InboundMessage): Promise<void> {
  const [row] = await tx.query<{ content: MessageContent }>(
    'select content from message where conversation_id = $1 and seq = $2 and redacted_at is null',
    [mail.conversationId, mail.seq],
  );
  if (!row) {
    throw notFound('This mail');
  }
  const body = storableText(message.text);
  await tx.query(
    `update message set body = $3, search_text = $4, content = $5, edited_at = clock_timestamp() where conversation_id = $1 and seq = $2`,
    [mail.conversationId, mail.seq, body, matchKey(`${mail.subject} ${body}`), revisedContent(row.content, message)],
  );
  const isBroken = message.flags.some((flag) => readingFlags.has(flag));
  await tx.query('update inbound_event set state = $3 where channel_id = $1 and external_id = $2', [
    mail.channelId,
    mail.externalId,
    isBroken ? 'quarantined' : 'accepted',
  ]);
}

function revisedContent(content: MessageContent, message: InboundMessage): MessageContent {
  const { hidden: _hidden, hasHtml: _hasHtml, calendar: _calendar, flags = [], ...kept } = content;
  const revised = [
    ...flags.filter((flag) => !readingFlags.has(flag)),
    ...message.flags.filter((flag) => readingFlags.has(flag)),
  ];
  return {
    ...kept,
    ...(revised.length > 0 && { flags: revised }),
    ...(message.hidden && message.hidden.length > 0 && { hidden: message.hidden }),
    ...(message.hasHtml && { hasHtml: true }),
    ...(message.calendar && { calendar: message.calendar }),
  };
}

/**
 * Files that are there already keep their id, for somebody may have a link to them; those that the mail no longer has are left to the
 * sweeper of uploads. Gives the storage keys of what was stored a second time.
 */
async function replaceFiles(tx: Transaction, mail: SourceMail, files: readonly ReadFile[]): Promise<string[]> {
  const there = await tx.query<{ id: string; name: string; sha256: string }>(
    `select id, name, encode(sha256, 'hex') as sha256 from attachment
     where conversation_id = $1 and seq = $2 and state in ('stored', 'quarantined')`,
    [mail.conversationId, mail.seq],
  );
  const unused: string[] = [];
  const kept = new Set<string>();
  for (const { name, contentId, stored } of files) {
    const same = there.find((row) => row.name === name && row.sha256 === stored.sha256 && !kept.has(row.id));
    if (same) {
      kept.add(same.id);
      unused.push(stored.key);
    } else {
      await tx.query(
        `insert into attachment (id, conversation_id, seq, name, media_type, bytes, sha256, storage_key, content_id, state)
         values ($1, $2, $3, $4, $5, $6, decode($7, 'hex'), $8, $9, $10)`,
        [
          uuid(),
          mail.conversationId,
          mail.seq,
          name,
          stored.mediaType,
          stored.bytes,
          stored.sha256,
          stored.key,
          contentId,
          programType(name, stored.mediaType) === null ? 'stored' : 'quarantined',
        ],
      );
    }
  }
  const gone = there.filter(({ id }) => !kept.has(id)).map(({ id }) => id);
  await tx.query(`update attachment set seq = null, state = 'erased' where id = any ($1::uuid[])`, [gone]);
  return unused;
}
