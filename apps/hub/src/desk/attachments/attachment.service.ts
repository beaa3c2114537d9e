import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import type { AttachmentView } from '#contract';
import { failpoint } from '#failpoint';
import { GuardedAccess, isWithheld } from '../../auth/access.js';
import type { Actor } from '../../auth/actor.js';
import type { Visitor } from '../../auth/visitors/visitor-tokens.service.js';
import { Database } from '../../database/database.js';
import { fileLimitBytes } from '../../intake/arrived-files.service.js';
import { notFound } from '../../platform/errors/api-error.js';
import { FileStorage } from '../../platform/storage/file-storage.js';
import { storeUpload } from '../../platform/storage/store-upload.js';
import { restriction, restrictionTables } from '../message-rows.query.js';
import type { ServedFile } from './serve-file.js';

interface FileRow {
  id: string;
  name: string;
  media_type: string;
  bytes: number;
  storage_key: string;
  conversation_id: string;
  restricted: boolean;
  queue_id: string | null;
}

/** Files of messages: uploaded first, bound when their message is written, read under the rights on their person. */
@Injectable()
export class AttachmentService {
  constructor(
    private readonly database: Database,
    private readonly access: GuardedAccess,
    private readonly storage: FileStorage,
  ) {}

  async upload(
    actor: Actor,
    conversationId: string,
    name: string,
    content: AsyncIterable<Uint8Array>,
  ): Promise<AttachmentView> {
    const person = await this.access.getPerson(actor, conversationId);
    const stored = await storeUpload(this.storage, name, content, fileLimitBytes);
    const id = uuid();
    await this.database.query(
      `insert into attachment (id, conversation_id, name, media_type, bytes, sha256, storage_key) values ($1, $2, $3, $4, $5, decode($6, 'hex'), $7)`,
      [id, person.conversationId, name, stored.mediaType, stored.bytes, stored.sha256, stored.key],
    );
    failpoint('upload.after-row');
    return {
      id,
      name,
      mediaType: stored.mediaType,
      bytes: stored.bytes,
      state: 'stored',
      url: `/api/attachments/${id}`,
    };
  }

  async open(actor: Actor, id: string): Promise<ServedFile> {
    const [row] = await this.database.query<FileRow>(
      `select f.id, f.name, f.media_type, f.bytes, f.storage_key, f.conversation_id, ${restriction}
       from attachment f left join message m on m.conversation_id = f.conversation_id and m.seq = f.seq
       ${restrictionTables}
       where f.id = $1 and f.state = 'stored'`,
      [id],
    );
    const [found] = row ? await this.access.listPersons(actor, [row.conversation_id]) : [];
    if (!row || !found || isWithheld(row, found.person)) {
      throw notFound('This file');
    }
    return this.toServed(row);
  }

  /** A file of what passed over web chat between this visitor and us; anything else is not there for them. */
  async openForVisitor(visitor: Visitor, id: string): Promise<ServedFile> {
    const [row] = await this.database.query<FileRow>(
      `select f.id, f.name, f.media_type, f.bytes, f.storage_key, f.conversation_id, false as restricted, null as queue_id
       from attachment f
       join message m on m.conversation_id = f.conversation_id and m.seq = f.seq
       join identity i on i.id = m.identity_id
       where f.id = $1 and f.state = 'stored' and m.channel_id = $2 and m.direction <> 'internal'
         and i.kind = 'web' and i.address = $3 and i.retired_at is null`,
      [id, visitor.channelId, visitor.visitorId],
    );
    if (!row) {
      throw notFound('This file');
    }
    return this.toServed(row);
  }

  private toServed(row: FileRow): ServedFile {
    return {
      name: row.name,
      mediaType: row.media_type,
      bytes: row.bytes,
      content: this.storage.open(row.storage_key),
    };
  }
}
