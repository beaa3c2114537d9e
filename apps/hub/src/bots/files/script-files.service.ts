import { Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { capabilitiesFor } from '#channels';
import type { ScriptFileView } from '#contract';
import type { Actor } from '../../auth/actor.js';
import { recordAct } from '../../auth/record-act.js';
import { Database, isAway, type Transaction } from '../../database/database.js';
import type { ServedFile } from '../../desk/attachments/serve-file.js';
import { conflict, notFound } from '../../platform/errors/api-error.js';
import { Log } from '../../platform/operations/log.js';
import { FileStorage, type StoredFile } from '../../platform/storage/file-storage.js';
import { storeUpload } from '../../platform/storage/store-upload.js';
import type { OpenChannel } from '../../settings/channel-directory.service.js';
import { numberedName, scriptFileName } from './script-file-name.js';
import {
  findScriptFile,
  dropScriptFile,
  listScriptFiles,
  type KeptScriptFile,
  type ScriptFileRow,
} from './script-files.query.js';

/** What every channel that carries files takes, and what a telephone loads without a thought. */
const mostBytes = 5 * 1024 * 1024;
const mostFiles = 1_000;

/**
 * The pictures and files that scripts name. A name stands for the same bytes for ever: another file gets another name, and one that a
 * published version names stays, because that version may answer again.
 */
@Injectable()
export class ScriptFiles {
  constructor(
    private readonly database: Database,
    private readonly storage: FileStorage,
    private readonly log: Log,
  ) {}

  async list(): Promise<ScriptFileView[]> {
    const rows = await this.database.query<ScriptFileRow & Record<string, unknown>>(listScriptFiles, [null]);
    return rows.map(present);
  }

  /** The same bytes under the same name are the file that is there already. */
  async upload(actor: Actor, uploaded: string, content: AsyncIterable<Uint8Array>): Promise<ScriptFileView> {
    const stored = await storeUpload(this.storage, uploaded, content, mostBytes);
    const name = await this.database
      .transaction((tx) => this.keep(tx, actor, scriptFileName(uploaded), stored))
      .catch(async (error: unknown) => {
        // Where nobody knows whether it was kept, a file that no row names does less harm than a row without its file.
        await (isAway(error) ? undefined : this.storage.remove(stored.key));
        throw error;
      });
    const [row] = await this.database.query<ScriptFileRow & Record<string, unknown>>(listScriptFiles, [name]);
    if (!row) {
      throw notFound('This file');
    }
    return present(row);
  }

  async open(name: string): Promise<ServedFile> {
    const file = await findScriptFile(this.database, name);
    if (!file) {
      throw notFound('This file');
    }
    return { ...file, content: this.storage.open(file.storageKey) };
  }

  async remove(actor: Actor, name: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const [held] = await tx.query('select 1 from script_file where name = $1 for update', [name]);
      if (!held) {
        throw notFound('This file');
      }
      // A statement of its own: it sees the version that whoever had the row a moment ago has published.
      const [gone] = await tx.query<{ key: string }>(dropScriptFile, [name]);
      if (!gone) {
        throw conflict('file_in_use', 'A published version sends this file, and may answer again.');
      }
      await tx.query('insert into spent_file (storage_key) values ($1) on conflict do nothing', [gone.key]);
      await recordAct(tx, { actorId: actor.id, action: 'script.file_removed', subject: name, details: {} });
    });
  }

  /** Gives a message a copy of its own, where the channel carries such a file; elsewhere the words go alone. */
  async sendAlong(
    tx: Transaction,
    name: string,
    { conversationId, seq }: { conversationId: string; seq: number },
    channel: OpenChannel | null,
  ): Promise<void> {
    const file = await findScriptFile(tx, name);
    if (file === null || channel === null || !carries(channel, file)) {
      return;
    }
    const key = await this.copyOf(file);
    if (key === null) {
      return;
    }
    tx.afterRollback(() => this.storage.remove(key));
    await tx.query(
      `insert into attachment (id, conversation_id, seq, name, media_type, bytes, sha256, storage_key)
       select $1, $2, $3, f.name, f.media_type, f.bytes, f.sha256, $4 from script_file f where f.name = $5`,
      [uuid(), conversationId, seq, key, name],
    );
  }

  /** A file that is gone from the disk keeps nobody from being answered. */
  private async copyOf({ name, storageKey }: KeptScriptFile): Promise<string | null> {
    return this.storage.copy(storageKey).catch((error: unknown) => {
      this.log.error(`The file ${name} of scripts cannot be read.`, error);
      return null;
    });
  }

  /** @returns the name that it has now. */
  private async keep(tx: Transaction, actor: Actor, wanted: string, stored: StoredFile): Promise<string> {
    const [{ count } = { count: 0 }] = await tx.query<{ count: number }>(
      'select count(*)::int as count from script_file',
    );
    if (count >= mostFiles) {
      throw conflict('too_many_files', `Scripts can have ${String(mostFiles)} files. Remove one that none needs.`);
    }
    for (let number = 1; ; number++) {
      const name = number === 1 ? wanted : numberedName(wanted, number);
      const made = await tx.query(
        `insert into script_file (name, media_type, bytes, sha256, storage_key, uploaded_by)
         values ($1, $2, $3, decode($4, 'hex'), $5, $6) on conflict (name) do nothing returning name`,
        [name, stored.mediaType, stored.bytes, stored.sha256, stored.key, actor.id],
      );
      if (made.length > 0) {
        const details = { bytes: stored.bytes };
        await recordAct(tx, { actorId: actor.id, action: 'script.file_uploaded', subject: name, details });
        return name;
      }
      if ((await findScriptFile(tx, name))?.sha256 === stored.sha256) {
        tx.afterCommit(() => this.storage.remove(stored.key));
        return name;
      }
    }
  }
}

function present({ uploadedAt, ...row }: ScriptFileRow): ScriptFileView {
  return { ...row, uploadedAt: uploadedAt.toISOString() };
}

function carries({ adapter, account }: OpenChannel, { bytes, mediaType }: KeptScriptFile): boolean {
  const { attachments, media } = capabilitiesFor(adapter, account);
  const isKind = media?.some((begin) => mediaType.startsWith(begin)) ?? true;
  return attachments !== null && bytes <= attachments.maxBytes && isKind;
}
