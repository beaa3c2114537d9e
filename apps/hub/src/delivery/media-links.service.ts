import { createHmac, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { HubConfig } from '#config';
import { Database } from '../database/database.js';
import { notFound } from '../platform/errors/api-error.js';
import type { ServedFile } from '../desk/attachments/serve-file.js';
import { SecretKeys } from '../platform/secret-keys.js';
import { FileStorage } from '../platform/storage/file-storage.js';

const purpose = 'media links';
/** Providers fetch a file within minutes of the message that names it. */
const lifeSeconds = 3_600;
const macBytes = 16;
const contentBytes = 20;

/** Addresses under which a provider fetches the files of a message that it was given. Whoever has one has the file, for an hour. */
@Injectable()
export class MediaLinks {
  constructor(
    private readonly config: HubConfig,
    private readonly keys: SecretKeys,
    private readonly database: Database,
    private readonly storage: FileStorage,
  ) {}

  /** Undefined while nobody outside can reach the hub. */
  linkTo(fileId: string, now = Date.now()): string | undefined {
    const { publicUrl } = this.config;
    const content = Buffer.alloc(contentBytes);
    content.write(fileId.replaceAll('-', ''), 'hex');
    content.writeUInt32BE(Math.floor(now / 1000) + lifeSeconds, 16);
    const token = Buffer.concat([mac(content, this.keys.derive(purpose)), content]).toString('base64url');
    return publicUrl === null ? undefined : `${publicUrl}/media/${token}`;
  }

  /** Throws notFound alike for an address that is not ours, one that is over, and a file that is gone. */
  async open(token: string, now = Date.now()): Promise<ServedFile> {
    const id = this.read(token, now);
    const [file] = id === null ? [] : await this.find(id);
    if (!file) {
      throw notFound('This file');
    }
    const { name, media_type: mediaType, bytes } = file;
    return { name, mediaType, bytes: Number(bytes), content: this.storage.open(file.storage_key) };
  }

  private read(token: string, now: number): string | null {
    const bytes = Buffer.from(token, 'base64url');
    const content = bytes.subarray(macBytes);
    const isOurs =
      bytes.length === macBytes + contentBytes &&
      this.keys.deriveAll(purpose).some((key) => timingSafeEqual(bytes.subarray(0, macBytes), mac(content, key)));
    return isOurs && content.readUInt32BE(16) * 1000 > now ? content.toString('hex', 0, 16) : null;
  }

  private find(id: string): Promise<{ name: string; media_type: string; bytes: string; storage_key: string }[]> {
    return this.database.query(
      `select f.name, f.media_type, f.bytes, f.storage_key
       from attachment f join message m on m.conversation_id = f.conversation_id and m.seq = f.seq
       where f.id = $1::uuid and f.state = 'stored' and m.direction = 'out' and m.redacted_at is null`,
      [id],
    );
  }
}

function mac(content: Uint8Array, key: Uint8Array): Buffer {
  return createHmac('sha256', key).update(content).digest().subarray(0, macBytes);
}
