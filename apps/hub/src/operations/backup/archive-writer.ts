import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { headerOf, paddingOf, sealOf } from './archive-format.js';

export interface WrittenEntry {
  name: string;
  bytes: number;
  sha256: string;
}

/** Writes a tar archive from its beginning to its end, and keeps a hash of every byte. */
export class ArchiveWriter {
  bytes = 0;
  private readonly hash = createHash('sha256');

  constructor(private readonly file: FileHandle) {}

  /** The content must be as long as was said. */
  async add(name: string, bytes: number, content: AsyncIterable<Uint8Array> | Uint8Array[]): Promise<WrittenEntry> {
    await this.write(headerOf(name, bytes));
    const hash = createHash('sha256');
    let written = 0;
    for await (const chunk of content) {
      written += chunk.length;
      hash.update(chunk);
      await this.write(chunk);
    }
    if (written !== bytes) {
      throw new Error(`${name} changed its size while it was read.`);
    }
    await this.write(Buffer.alloc(paddingOf(bytes)));
    return { name, bytes, sha256: hash.digest('hex') };
  }

  async addJson(name: string, value: unknown): Promise<WrittenEntry> {
    const text = Buffer.from(`${JSON.stringify(value, null, 1)}\n`);
    return this.add(name, text.length, [text]);
  }

  /** Nothing follows. On disk when it returns. */
  async seal(): Promise<void> {
    const seal = sealOf(this.hash.copy().digest('hex'));
    await this.write(seal);
    await this.file.sync();
  }

  private async write(chunk: Uint8Array): Promise<void> {
    this.hash.update(chunk);
    await this.file.writeFile(chunk);
    this.bytes += chunk.length;
  }
}
