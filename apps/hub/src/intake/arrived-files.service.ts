import { Injectable, Logger } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import type { InboundAttachment } from '#channels';
import { Database } from '../database/database.js';
import { FileStorage } from '../platform/storage/file-storage.js';
import { programType } from '../platform/storage/refused-types.js';
import type { ArrivedFile } from './plan-acceptance.js';

/** The largest file that a message may bring, in bytes. */
export const fileLimitBytes = 25 * 1024 * 1024;

/** The files of what arrives, before their message is there. */
@Injectable()
export class ArrivedFiles {
  private readonly logger = new Logger(ArrivedFiles.name);

  constructor(
    private readonly storage: FileStorage,
    private readonly database: Database,
  ) {}

  /**
   * The message was there already, most likely with files of its own. Its commit may also be this one's whose answer was lost; then
   * these are its files.
   */
  async discard(files: ArrivedFile[]): Promise<void> {
    const keys = files.filter(({ state }) => state !== 'fetching').map(({ storageKey }) => storageKey);
    if (keys.length === 0) {
      return;
    }
    try {
      const used = await this.database.query<{ storage_key: string }>(
        'select storage_key from attachment where storage_key = any ($1)',
        [keys],
      );
      const kept = new Set(used.map((row) => row.storage_key));
      await Promise.all(keys.filter((key) => !kept.has(key)).map((key) => this.storage.remove(key)));
    } catch (error) {
      this.logger.warn(`files of a message that was known stay in storage: ${String(error)}`);
    }
  }

  /**
   * Bytes that came along are stored before the message is; what is still at the provider is fetched after. Programs and scripts are
   * kept and handed out to nobody.
   */
  async keep({ name, mediaType, contentId, source }: InboundAttachment): Promise<ArrivedFile> {
    const file = { id: uuid(), name: name || 'file', contentId };
    if ('reference' in source) {
      return {
        ...file,
        mediaType,
        bytes: 0,
        sha256: null,
        storageKey: `pending/${file.id}`,
        state: 'fetching',
        reference: source.reference,
      };
    }
    const stored = await this.storage.storeBytes(source.bytes, Math.max(fileLimitBytes, source.bytes.length));
    return {
      ...file,
      mediaType: stored.mediaType,
      bytes: stored.bytes,
      sha256: stored.sha256,
      storageKey: stored.key,
      state: programType(file.name, stored.mediaType) === null ? 'stored' : 'quarantined',
      reference: null,
    };
  }
}
