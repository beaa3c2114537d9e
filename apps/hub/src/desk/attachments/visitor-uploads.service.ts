import { Injectable } from '@nestjs/common';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { v7 as uuid } from 'uuid';
import { whyNotFile, type WebInside } from '#channels';
import type { Visitor } from '../../auth/visitors/visitor-tokens.service.js';
import { Database } from '../../database/database.js';
import { fileLimitBytes } from '../../intake/arrived-files.service.js';
import type { ArrivedFile } from '../../intake/plan-acceptance.js';
import { ApiError, invalid, tooMany } from '../../platform/errors/api-error.js';
import { takeTurn } from '../../platform/errors/take-turn.js';
import { Housekeeping } from '../../platform/operations/housekeeping.js';
import { FileStorage } from '../../platform/storage/file-storage.js';
import { programType } from '../../platform/storage/refused-types.js';
import { keptUploads, oldUploads, roomOfVisitor, uploadRow, usedUploads } from './visitor-uploads.query.js';

/** A file that a visitor has sent ahead of its message. */
export interface VisitorUploadView {
  id: string;
  name: string;
  mediaType: string;
  bytes: number;
}

/** A file as it comes in. */
export interface VisitorFile {
  name: string;
  content: AsyncIterable<Uint8Array>;
  place: string;
}

const keptMs = 24 * 3_600_000;
const sweepSize = 100;
const megabyte = 1024 * 1024;

/** What one visitor may have lying here without a message. */
const roomPerVisitor = { files: 20, bytes: 100 * megabyte };

interface KeptRow {
  id: string;
  name: string;
  media_type: string;
  bytes: number;
  sha256: string;
  storage_key: string;
}

/** Files of visitors before they are part of a message. Nothing of it can be fetched by anybody until then. */
@Injectable()
export class VisitorUploads {
  /** Megabytes of all who come from one place: visitors cost nothing to make, and storage does. */
  private readonly perPlace = new RateLimiterMemory({ points: 500, duration: 3600 });

  constructor(
    private readonly database: Database,
    private readonly storage: FileStorage,
    housekeeping: Housekeeping,
  ) {
    housekeeping.add('files of visitors', () => this.sweep(new Date()));
  }

  /** Throws what is wrong with the file, in words for whoever chose it. `place`: the address that it comes from. */
  async keep(
    visitor: Visitor,
    { isOn, maxMegabytes, endings }: WebInside['files'],
    { name, content, place }: VisitorFile,
  ): Promise<VisitorUploadView> {
    if (!isOn) {
      throw new ApiError(403, 'no_attachments', 'Files cannot be sent in this chat.');
    }
    if (whyNotFile(name, endings) !== null) {
      throw new ApiError(415, 'file_type', 'Files of this kind are not taken here.', { field: 'x-file-name' });
    }
    await this.checkRoom(visitor);
    await takeTurn(this.perPlace, place);
    const limit = Math.min(fileLimitBytes, maxMegabytes * megabyte);
    const stored = await this.storage.store(content, limit).catch((error: unknown) => {
      throw (error as { code?: unknown }).code === 'file_too_large'
        ? new ApiError(413, 'file_too_large', `A file has at most ${String(maxMegabytes)} MB.`)
        : error;
    });
    if (stored.bytes === 0 || programType(name, stored.mediaType) !== null) {
      await this.storage.remove(stored.key);
      throw stored.bytes === 0
        ? invalid('body', 'The file is empty.', 'file_empty')
        : new ApiError(415, 'file_type', 'Programs are not taken here.');
    }
    await this.perPlace.penalty(place, Math.floor(stored.bytes / megabyte));
    const view = { id: uuid(), name, mediaType: stored.mediaType, bytes: stored.bytes };
    const { channelId, visitorId } = visitor;
    await this.database.query(uploadRow, [
      view.id,
      channelId,
      visitorId,
      name,
      view.mediaType,
      view.bytes,
      stored.sha256,
      stored.key,
    ]);
    return view;
  }

  /** The files that a message names, as its attachments. Throws when one is gone, or somebody else's. */
  async listFor(
    { visitorId, channelId }: Pick<Visitor, 'visitorId' | 'channelId'>,
    ids: readonly string[],
  ): Promise<ArrivedFile[]> {
    const rows = await this.database.query<KeptRow & Record<string, unknown>>(keptUploads, [ids, visitorId, channelId]);
    const byId = new Map(rows.map((row) => [row.id, row]));
    return [...new Set(ids.map((id) => id.toLowerCase()))].map((id) => {
      const row = byId.get(id);
      if (!row) {
        throw invalid('attachmentIds', 'A file is gone. Choose it again.', 'file_gone');
      }
      return {
        id: row.id,
        name: row.name,
        mediaType: row.media_type,
        bytes: row.bytes,
        sha256: row.sha256,
        storageKey: row.storage_key,
        contentId: null,
        state: 'stored',
        reference: null,
      };
    });
  }

  /** Their message is stored: what is left to sweep is nothing but the row. */
  async settle(): Promise<void> {
    await this.database.query(usedUploads);
  }

  /** Removes what no message took in time; never the content of what one did. @returns how many. */
  async sweep(now: Date): Promise<number> {
    await this.settle();
    const rows = await this.database.query<{ storage_key: string }>(oldUploads, [
      new Date(now.getTime() - keptMs),
      sweepSize,
    ]);
    for (const { storage_key: key } of rows) {
      await this.storage.remove(key);
    }
    return rows.length;
  }

  private async checkRoom({ visitorId }: Visitor): Promise<void> {
    const [room] = await this.database.query<{ files: number; bytes: number }>(roomOfVisitor, [visitorId]);
    if (room && (room.files >= roomPerVisitor.files || room.bytes >= roomPerVisitor.bytes)) {
      throw tooMany(60, 'Send the files that you chose before you choose more.');
    }
  }
}
