import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import type { Sql, Statement } from '#channels';
import type { CannedFileView } from '#contract';
import type { Actor } from '../../auth/actor.js';
import { Database, type Transaction } from '../../database/database.js';
import { fileLimitBytes } from '../../intake/arrived-files.service.js';
import { invalid } from '../../platform/errors/api-error.js';
import { Housekeeping } from '../../platform/operations/housekeeping.js';
import { FileStorage } from '../../platform/storage/file-storage.js';
import { storeUpload } from '../../platform/storage/store-upload.js';

interface FileRow {
  id: string;
  name: string;
  media_type: string;
  bytes: number;
  storage_key: string;
}

const keptMs = 24 * 3_600_000;

/** What is taken away here cannot be given to a reply any more: the delete and the binding lock the same row. */
const withdraw: Statement = {
  name: 'canned-file-withdraw',
  text: `
delete from canned_file where id in (
  select id from canned_file where canned_reply_id is null and idle_since < $1 order by idle_since limit 100 for update skip locked)
returning storage_key`,
};

/** Files of canned replies: uploaded first, given to their reply when it is saved, copied into every message that it is used for. */
@Injectable()
export class CannedFiles {
  constructor(
    private readonly database: Database,
    private readonly storage: FileStorage,
    housekeeping: Housekeeping,
  ) {
    housekeeping.add('files without a canned reply', () => this.sweep(new Date()));
  }

  async upload(actor: Actor, name: string, content: AsyncIterable<Uint8Array>): Promise<CannedFileView> {
    const stored = await storeUpload(this.storage, name, content, fileLimitBytes);
    const id = uuid();
    await this.database.query(
      `insert into canned_file (id, uploaded_by, name, media_type, bytes, sha256, storage_key) values ($1, $2, $3, $4, $5, decode($6, 'hex'), $7)`,
      [id, actor.id, name, stored.mediaType, stored.bytes, stored.sha256, stored.key],
    );
    return { id, name, mediaType: stored.mediaType, bytes: stored.bytes };
  }

  /** Gives a reply exactly these files: its own, or uploads of the actor that no reply has. */
  async bind(tx: Sql, actor: Actor, replyId: string, fileIds: readonly string[]): Promise<void> {
    await tx.query(
      `update canned_file set canned_reply_id = null, idle_since = clock_timestamp()
       where canned_reply_id = $1 and id <> all ($2::uuid[])`,
      [replyId, fileIds],
    );
    const bound = await tx.query(
      `update canned_file set canned_reply_id = $1
       where id = any ($2::uuid[]) and (canned_reply_id = $1 or (canned_reply_id is null and uploaded_by = $3)) returning id`,
      [replyId, fileIds, actor.id],
    );
    if (bound.length !== fileIds.length) {
      throw invalid('fileIds', 'A file is gone or belongs to something else. Attach it again.');
    }
  }

  /** Copies as attachments of the conversation, not bound to a message yet. Their bytes go with the transaction, should it fail. */
  async copyTo(tx: Transaction, fileIds: readonly string[], conversationId: string): Promise<CannedFileView[]> {
    const rows = await tx.query<FileRow & Record<string, unknown>>(
      'select id, name, media_type, bytes::float8 as bytes, storage_key from canned_file where id = any ($1::uuid[]) order by name, id',
      [fileIds],
    );
    const copies: CannedFileView[] = [];
    for (const row of rows) {
      copies.push(await this.copy(tx, row, conversationId));
    }
    return copies;
  }

  async sweep(now: Date): Promise<number> {
    const rows = await this.database.query<{ storage_key: string }>(withdraw, [new Date(now.getTime() - keptMs)]);
    for (const { storage_key: key } of rows) {
      await this.storage.remove(key);
    }
    return rows.length;
  }

  private async copy(
    tx: Transaction,
    { name, storage_key: original, ...row }: FileRow,
    conversationId: string,
  ): Promise<CannedFileView> {
    const key = await this.storage.copy(original);
    tx.afterRollback(() => this.storage.remove(key));
    const id = uuid();
    await tx.query(
      `insert into attachment (id, conversation_id, name, media_type, bytes, sha256, storage_key)
       select $1, $2, f.name, f.media_type, f.bytes, f.sha256, $3 from canned_file f where f.id = $4`,
      [id, conversationId, key, row.id],
    );
    return { id, name, mediaType: row.media_type, bytes: row.bytes };
  }
}
