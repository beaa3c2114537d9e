import { Injectable } from '@nestjs/common';
import type { Sql } from '#channels';
import { Database, type Transaction } from '../../database/database.js';
import { CannedFiles } from './canned-files.service.js';
import { readFacts } from './reply-values.query.js';
import { writeReply, type TextsOfReply } from './write-reply.js';

/** What becomes of a canned reply that is to be written. `attachmentIds` name its own files: `copyFiles` makes those of a message. */
export type CannedText =
  | { outcome: 'rendered'; text: string; attachmentIds: string[]; locale: 'en' | 'fa' }
  | { outcome: 'missing'; variables: string[] }
  | { outcome: 'absent' };

export interface CannedTextWish {
  cannedReplyId: string;
  ticketId: string;
  /** Who writes it; null: the hub. Personal replies are there for their owner only. */
  actorId: string | null;
  locale?: 'en' | 'fa' | undefined;
}

interface ReplyRow {
  texts: TextsOfReply;
  conversation_id: string;
  files: string[];
}

const reply = `
select r.texts, t.conversation_id, array(select f.id from canned_file f where f.canned_reply_id = r.id order by f.name, f.id) as files
from canned_reply r, ticket t
where r.id = $1 and t.id = $2 and (r.owner_id is null or r.owner_id = $3)`;

/** Canned replies as rules and macros write them: for a ticket, in its customer's language. Checks no rights on the ticket. */
@Injectable()
export class CannedTexts {
  constructor(
    private readonly database: Database,
    private readonly files: CannedFiles,
  ) {}

  /** Changes nothing. */
  async render(reader: Sql, { cannedReplyId, ticketId, actorId, locale }: CannedTextWish): Promise<CannedText> {
    const [row] = await reader.query<ReplyRow & Record<string, unknown>>(reply, [cannedReplyId, ticketId, actorId]);
    if (!row) {
      return { outcome: 'absent' };
    }
    const place = { conversationId: row.conversation_id, ticketId, channelId: null, actorId, serves: null };
    const facts = await readFacts(reader, place, locale ?? null);
    if (!facts) {
      return { outcome: 'absent' };
    }
    const written = writeReply(row.texts, facts);
    return written.missing.length > 0
      ? { outcome: 'missing', variables: written.missing }
      : { outcome: 'rendered', text: written.text, attachmentIds: row.files, locale: written.locale };
  }

  /** Copies of these files as attachments of a conversation, to be bound to a message there; one that none takes is removed after a day. */
  async copyFiles(tx: Transaction, fileIds: readonly string[], conversationId: string): Promise<string[]> {
    const copies = await this.files.copyTo(tx, fileIds, conversationId);
    return copies.map(({ id }) => id);
  }

  /** Counts a use. */
  async used(sql: Sql, cannedReplyId: string): Promise<void> {
    await sql.query('update canned_reply set used = used + 1, used_at = clock_timestamp() where id = $1', [
      cannedReplyId,
    ]);
  }
}
