import { mkdir, open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { crc32 } from 'node:zlib';
import type { ChannelKind, InboundEvent } from '#channels';
import { failpoint } from '#failpoint';

/** Events of one verified request, waiting for the database. */
export interface Spooled {
  channel: { id: string; kind: ChannelKind };
  events: InboundEvent[];
}

/** The spool holds as much as it may. The provider is told to come again. */
export class SpoolFull extends Error {
  readonly code = 'spool_full';

  constructor(readonly limitBytes: number) {
    super('The hub cannot keep more messages until its database is back.');
    this.name = 'SpoolFull';
  }
}

/** Length and checksum before each record. */
const headBytes = 8;

/**
 * A bounded file of what providers sent while the database was away. A record counts once `append` resolved: it is on disk. A crash
 * in the middle of a write leaves a torn record at the end, which was never acknowledged and is cut off. Replaying may repeat what
 * was stored just before a crash; deduplication makes that harmless.
 */
export class Spool {
  private file: FileHandle | null = null;
  private size = 0;
  /** How far it has been replayed. */
  private position = 0;
  private writing: Promise<void> = Promise.resolve();

  private constructor(
    private readonly path: string,
    private readonly limitBytes: number,
  ) {}

  static async open(folder: string, limitBytes: number): Promise<Spool> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const spool = new Spool(join(folder, 'inbound.spool'), limitBytes);
    spool.file = await open(spool.path, 'a+', 0o600);
    const { validBytes } = await spool.readFrom(0);
    await spool.file.truncate(validBytes);
    spool.size = validBytes;
    return spool;
  }

  get isEmpty(): boolean {
    return this.size === 0;
  }

  get bytes(): number {
    return this.size;
  }

  /** Resolves when the record is on disk. Throws SpoolFull. */
  append(spooled: Spooled): Promise<void> {
    const next = this.writing.then(() => this.write(spooled));
    this.writing = next.catch(() => undefined);
    return next;
  }

  /**
   * Gives the records to `take` in runs of at most `runSize`, oldest first, then empties the file. Ends early when `take` throws, and goes
   * on from there the next time. Appends go on meanwhile, except for the last few records, which they wait for.
   */
  async replay(take: (run: Spooled[]) => Promise<void>, runSize = 64): Promise<void> {
    await this.drain(take, runSize);
    const last = this.writing.then(async () => {
      await this.drain(take, runSize);
      failpoint('spool.before-empty');
      await this.handle.truncate(0);
      this.size = 0;
      this.position = 0;
    });
    this.writing = last.catch(() => undefined);
    return last;
  }

  private async drain(take: (run: Spooled[]) => Promise<void>, runSize: number): Promise<void> {
    while (this.position < this.size) {
      const { records, validBytes } = await this.readFrom(this.position);
      if (validBytes === this.position) {
        throw new Error(`the spool has an unreadable record at byte ${this.position}`);
      }
      for (let start = 0; start < records.length; start += runSize) {
        await take(records.slice(start, start + runSize));
        failpoint('spool.after-replayed');
      }
      this.position = validBytes;
    }
  }

  async close(): Promise<void> {
    await this.writing;
    await this.file?.close();
    this.file = null;
  }

  private async write(spooled: Spooled): Promise<void> {
    const body = serialize(spooled);
    if (this.size + headBytes + body.length > this.limitBytes) {
      throw new SpoolFull(this.limitBytes);
    }
    const head = Buffer.alloc(headBytes);
    head.writeUInt32LE(body.length, 0);
    head.writeUInt32LE(crc32(body), 4);
    failpoint('spool.before-write');
    try {
      await this.handle.write(Buffer.concat([head, body]));
      await this.handle.datasync();
    } catch (error) {
      // Half a record in the middle would hide every record behind it.
      await this.handle.truncate(this.size);
      throw error;
    }
    failpoint('spool.after-write');
    this.size += headBytes + body.length;
  }

  private get handle(): FileHandle {
    if (!this.file) {
      throw new Error('the spool is closed');
    }
    return this.file;
  }

  /** Whole records from a position on, and where the last of them ends. */
  private async readFrom(position: number): Promise<{ records: Spooled[]; validBytes: number }> {
    const { size } = await this.handle.stat();
    const bytes = Buffer.alloc(Math.max(0, size - position));
    await this.handle.read(bytes, 0, bytes.length, position);
    const records: Spooled[] = [];
    let at = 0;
    while (at + headBytes <= bytes.length) {
      const end = at + headBytes + bytes.readUInt32LE(at);
      const body = bytes.subarray(at + headBytes, end);
      if (end > bytes.length || crc32(body) !== bytes.readUInt32LE(at + 4)) {
        break;
      }
      records.push(deserialize(body) as Spooled);
      at = end;
    }
    return { records, validBytes: position + at };
  }
}
