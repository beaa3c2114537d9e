import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import type { Sql, Statement } from '#channels';
import type { CannedFileView } from '#contract';
import type { Actor } from '../../auth/actor.js';
import { Database, type Transaction } from '../../database/database.js';
import { fileLimitBytes } from '../../intake/arrived-files.service.js';
import { ApiError, invalid } from '../../platform/errors/api-error.js';
import { Housekeeping } from '../../platform/operations/housekeeping.js';
import { FileStorage, FileTooLarge, type StoredFile } from '../../platform/storage/file-storage.js';
import { programType } from '../../platform/storage/refused-types.js';

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
    refuseProgram(programType(name, ''));
    const stored = await this.storage.store(content, fileLimitBytes).catch((error: unknown) => {
      throw error instanceof FileTooLarge ? new ApiError(413, 'file_too_large', error.message) : error;
    });
    const program = programType(name, stored.mediaType);
    if (program !== null || stored.bytes === 0) {
      await this.storage.remove(stored.key);
      refuseProgram(program);
      throw invalid('body', 'The file is empty.');
    }
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
    { name, storage_key: key }: FileRow,
    conversationId: string,
  ): Promise<CannedFileView> {
    const stored: StoredFile = await this.storage.store(
      this.storage.open(key) as AsyncIterable<Uint8Array>,
      fileLimitBytes,
    );
    tx.afterRollback(() => this.storage.remove(stored.key));
    const id = uuid();
    await tx.query(
      `insert into attachment (id, conversation_id, name, media_type, bytes, sha256, storage_key) values ($1, $2, $3, $4, $5, decode($6, 'hex'), $7)`,
      [id, conversationId, name, stored.mediaType, stored.bytes, stored.sha256, stored.key],
    );
    return { id, name, mediaType: stored.mediaType, bytes: stored.bytes };
  }
}

function refuseProgram(type: string | null): void {
  if (type !== null) {
    throw new ApiError(415, 'file_type', `Programs and scripts are not sent from here (${type}).`, {
      field: 'x-file-name',
    });
  }
}
